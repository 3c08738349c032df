/** Headers of the page. */
import { styleHash } from '../util/report-style-hash.ts';
import { isolation } from './isolation.ts';

/**
 * What the page may load: itself, and what it makes itself. No style is inline, and what a script would be made of passes
 * one of the page's own policies (src/lab/shared/trusted-types.ts). The page says so itself too, wherever it is served.
 */
export const ownPolicy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self' blob:",
  // Of reports, which the page opens and which inherit its policy.
  `style-src 'self' '${styleHash}'`,
  "img-src 'self' data: blob:",
  "connect-src 'self'",
  "manifest-src 'self'",
  "font-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types default lit-html perceptron-lab',
].join('; ');

/** Frames are for a server alone to forbid. */
const contentSecurityPolicy = `${ownPolicy}; frame-ancestors 'none'`;

/** Isolated from other origins, in no frame, with no more than it needs, and telling nobody where it was. */
export const pageHeaders = {
  ...isolation,
  'Content-Security-Policy': contentSecurityPolicy,
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
};
