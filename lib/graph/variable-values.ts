import type { Inventory } from './inventory';
import { objectAt } from './json';
