/** The dedicated worker of the page: all that it does is in `lab.ts`. */
import { expose } from 'comlink';
import { carryErrors } from '../shared/thrown.ts';
import { trustOwnScripts } from '../shared/trusted-types.ts';
import { onlyCalls } from './calls.ts';
import { Lab } from './lab.ts';

trustOwnScripts();
carryErrors();
expose(new Lab(), onlyCalls(self));
