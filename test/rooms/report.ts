import { room } from './room';

room('report');
