import { room } from './room';

room('tree');
