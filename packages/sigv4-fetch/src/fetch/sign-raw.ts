// sign-raw.ts — chooses who signs: this package, in a couple of microseconds, or `@smithy/signature-v4`, for those who
// must run AWS's own signing code. Smithy is loaded when first used.
import type { RawRequest, SignedParts, SigningOptions } from '../core.js';
import { signRequest } from '../signing/sign-request.js';
import type { SignRaw } from './signing-settings.js';

/** The signer by the name of the `implementation` option. */
export function signRawWith(implementation: 'lattice' | 'smithy'): SignRaw {
  return implementation === 'smithy' ? signWithSmithy : signRequest;
}

async function signWithSmithy(request: RawRequest, options: SigningOptions): Promise<SignedParts> {
  const { smithySign } = await import('./smithy-signer.js');
  return smithySign(request, options);
}
