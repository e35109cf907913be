import type { FormatName } from '../../report';
import type { Api, Login } from './api';

/** The variables of a CI. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** A pull or merge request, as the CI that runs for it tells. */
export interface Change {
  /** `acme/fleet#7`, for messages. */
  readonly name: string;
  /** Its newest commit. */
  readonly commit: string;
  /** Under which the forge shows the files of that commit, if they can be linked to. */
  readonly files?: string;
  /** The page of this run, whose log has all that a comment has no room for. */
  readonly run?: string;
  /** Why its runs have no token that may write: `a fork`. */
  readonly untrusted?: string;
  /** The address of the forge's API. */
  readonly api: string;
  /** Where the API has the change and its repository. */
  readonly path: Readonly<Record<'change' | 'repository', string>>;
}

/** A comment that is there. */
export interface Comment {
  readonly id: string;
  readonly text: string;
  /** Whether whoever the token stands for has written it: anybody may write a marker. */
  readonly own: boolean;
  /** Who has written it, where the token may not say whom it stands for. */
  readonly author?: string;
  /** Whether it is marked as done with; of forges that know that. */
  readonly resolved?: boolean;
}

/** What is shown beside the commit. */
export interface Status {
  readonly name: string;
  readonly failed: boolean;
  /** At most 140 characters: GitHub refuses more. */
  readonly description: string;
  readonly url?: string;
}

/** What can be done with one change, by one token. */
export interface Thread {
  comments(): Promise<readonly Comment[]>;
  /** @returns who has written it, where the forge says so */
  create(text: string): Promise<string | undefined>;
  /** Where comments can be resolved, it is open again. */
  update(id: string, text: string): Promise<void>;
  remove(id: string): Promise<void>;
  /** Marks it as done with, where the forge knows that: it is not removed then. */
  readonly resolve?: (id: string, text: string) => Promise<void>;
  status(status: Status): Promise<void>;
}

/** A forge: a file that exports this object, and a line in index.ts. */
export interface Forge {
  /** As its makers write it. */
  readonly name: string;
  /** Variables with a token, the first that is set counts; ESPALIER_TOKEN comes before all. */
  readonly tokens: readonly string[];
  /** What to do where there is no token, or one that may not write: a sentence or two. */
  readonly grant: string;
  /** The form in which its log shows findings at their lines, if it has one. */
  readonly annotations?: FormatName;
  /** Whether this is a run of its CI. */
  isHere(env: Environment): boolean;
  /** @returns undefined where the run is for no change */
  change(env: Environment): Change | undefined;
  /** Revisions that the change of a run is compared with, the best first. */
  bases(env: Environment): readonly string[];
  login(token: string): Login;
  open(api: Api, change: Change): Thread;
}
