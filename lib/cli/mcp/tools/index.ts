import type { Tool } from '../tool';
import { check } from './check';
import { diff } from './diff';
import { explain } from './explain';
import { fix } from './fix';
import { impact } from './impact';
import { order } from './order';
import { search } from './search';

/** The tools in the order in which they are listed. */
export const tools: readonly Tool[] = [check, explain, fix, diff, search, impact, order];
