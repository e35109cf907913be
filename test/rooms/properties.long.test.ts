import { properties } from './room';

// With as many inputs as fast-check takes by itself: `npm test` takes fewer (fewer-inputs.ts).
properties();
