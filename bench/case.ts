import type { Command, Sample } from './measure';
import type { Place } from './place';
import type { Project, Workshop } from './workshop';

/** One thing that is measured. Another one is another entry in a list of cases.ts. */
export type Case<At = Site> = WholeProcess<At> | OfItsOwn<At>;

interface Common<At> {
  readonly id: string;
  readonly title: string;
  /** It works on what an earlier run has left: run once before, unmeasured. */
  readonly repeats?: boolean;
  /** Whether machine and build have what it takes. @default they have */
  readonly isPossible?: (workshop: Workshop) => boolean;
  /** What is done before each run and not timed, such as deleting what the last one wrote. */
  readonly before?: (at: At) => void;
}

/** From the start of a process to its end. */
interface WholeProcess<At> extends Common<At> {
  readonly command: (at: At) => Command;
  /** What it must print: so that nothing else is measured by mistake. */
  readonly prints?: RegExp;
}

/** Something that happens while a process runs. */
interface OfItsOwn<At> extends Common<At> {
  /** @param limit after so many seconds it counts as failed */
  readonly sample: (at: At, limit: number) => Promise<Sample>;
}

/** Where and when a case runs. */
export interface Start {
  readonly workshop: Workshop;
  /** Its own. */
  readonly project: Project;
  /** Another number for each run; 0 for the one before them. */
  readonly round: number;
}

/** The same for a fleet of one size. */
export interface Site extends Start {
  readonly place: Place;
}
