import { showsNothing } from './runs';

describe('no planted value is shown of a tree in which nothing can be read', () => showsNothing('broken'));
