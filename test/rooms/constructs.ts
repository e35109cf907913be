import { room } from './room';

room('constructs');
