import type { SourceFile } from '../tree/source/source';
import type { DocumentComments } from './comments/read';
import type { KustomizedFolder, ObjectFile, WrittenObject } from './survey';

/** What may be said in several ways. */
export type Item = WrittenObject | KustomizedFolder | ObjectFile | DocumentComments | SourceFile;

/** How far an item has been taken back from its first form to a plainer one: the number of forms that did not make it equal. */
export type Demotions = ReadonlyMap<Item, number>;
