import './app.ts';
import { followSystem } from './style/theme.ts';

followSystem();
