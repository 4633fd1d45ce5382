// default-chain.ts — the AWS SDK's default chain (environment, profile, SSO, process, web identity, container, instance),
// loaded on the first call and not before: importing it takes longer than everything else in this package together.
import { SigningError } from '../errors.js';
import type { CredentialProvider } from './credentials.js';

/** The default credential chain of `@aws-sdk/credential-providers`, loaded when first called. */
export function defaultChain(): CredentialProvider {
  let chain: Promise<CredentialProvider> | undefined;
  return async (options) => {
    chain ??= loadChain();
    let provider: CredentialProvider;
    try {
      provider = await chain;
    } catch (cause) {
      chain = undefined;
      throw cause;
    }
    return provider(options);
  };
}

async function loadChain(): Promise<CredentialProvider> {
  try {
    const { fromNodeProviderChain } = await import('@aws-sdk/credential-providers');
    return fromNodeProviderChain();
  } catch (cause) {
    const hint = 'pass `credentials`, or install `@aws-sdk/credential-providers`';
    throw new SigningError('ERR_SIGNING_CREDENTIALS', `the default credential chain cannot be loaded: ${hint}`, {
      cause,
    });
  }
}
