import type { Closed } from './chart';
import type { Engine } from './engine';

/** A chart that took too much so often is not tried with other values. */
const patience = 3;

const tooOften: Closed = {
  type: 'closed',
  why: 'helm takes more memory or time than it is given to render the chart, with other values too',
  fix: 'Render the chart with `helm template` to see what it makes.',
};

/** An engine that does not try for ever: a tree may hold a hundred releases of a chart that loops. */
export function patient(engine: Engine | Closed): Engine | Closed {
  if ('type' in engine) return engine;
  const exceeded = new Map<string, number>();
  const timesOf = (archive: string) => exceeded.get(archive) ?? 0;
  return {
    id: engine.id,
    template: async (request) => {
      const { archive } = request;
      if (timesOf(archive) >= patience) return tooOften;
      const made = await engine.template(request);
      if (made.type === 'closed') exceeded.set(archive, timesOf(archive) + 1);
      return made;
    },
  };
}
