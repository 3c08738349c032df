/** The dedicated worker of the page: all that it does is in `lab.ts`. */
import { expose } from 'comlink';
import { Lab } from './lab.ts';
import { carryErrors } from './thrown.ts';

carryErrors();
expose(new Lab());
