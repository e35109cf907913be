import type { Sample } from '../../bench/measure';
import { type Measured, Results } from '../../bench/results';

const sample = (seconds: number, memory = 100): Sample => ({ seconds, cpu: seconds / 2, memory: memory * 2 ** 20 });
const measured = (
  id: string,
  title: string,
  apps: number | undefined,
  seconds: number[],
  memory?: number,
): Measured => ({
  id,
  title,
  apps,
  samples: seconds.map((each) => sample(each, memory)),
});

/** Figures whose every ratio is easily worked out. */
export const results = new Results([
  measured('fresh', 'espalier synth, fresh', 100, [0.2, 0.25, 0.2], 150),
  measured('unchanged', 'espalier synth, nothing changed', 100, [0.1], 150),
  measured('compare', 'floor: read and compare', 100, [0.05]),
  measured('file-per-chart', 'cdk8s, FILE_PER_CHART', 100, [0.3]),
  { id: 'kustomize', title: 'kubectl', apps: 100, samples: [{ seconds: 8, cpu: undefined, memory: undefined }] },
  measured('fresh', 'espalier synth, fresh', 1000, [2, 2.5, 2], 500),
  measured('unchanged', 'espalier synth, nothing changed', 1000, [1], 500),
  measured('compare', 'floor: read and compare', 1000, [0.25]),
  measured('file-per-chart', 'cdk8s, FILE_PER_CHART', 1000, [30, 37.5]),
  { id: 'kustomize', title: 'kubectl', apps: 1000, samples: [], predicted: 80 },
  measured('start', 'npm start (soyo)', undefined, [0.6]),
  measured('import', 'node --import tsx', undefined, [0.5]),
  measured('help', 'espalier --help', undefined, [0.16]),
  measured('node', 'node -e 0', undefined, [0.04]),
]);
