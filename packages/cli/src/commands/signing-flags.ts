// signing-flags.ts: the options that `curl` and `sign` share: whose credentials, which region, for which hosts.
import type { SignerOptions } from '@lattice-auth/sigv4-fetch';
import type { Command } from 'commander';
import { cliError } from '../errors.js';

/** What was given on the command line. */
export interface SigningFlags {
  readonly region?: string;
  readonly profile?: string;
  readonly service?: string;
  readonly allowHttp?: boolean;
}

/** Adds the options to a command. */
export function addSigningOptions(command: Command): void {
  command
    .option('--region <region>', "region (default: the host name's, AWS_REGION); `*` or a list signs with SigV4A")
    .option('--profile <name>', 'profile of the AWS configuration files (default: the AWS default chain)')
    .option('--service <name>', 'signing name (default: vpc-lattice-svcs)')
    .option('--allow-http', 'sign for plain http off this machine too');
}

/** The URL that was typed: https unless it says otherwise. */
export function typedUrl(text: string): URL {
  const full = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`;
  if (!URL.canParse(full)) throw cliError('ERR_CLI_URL', `\`${text}\` is not a URL`);
  const url = new URL(full);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    throw cliError('ERR_CLI_URL', `\`${url.protocol}//\` is not supported`, { hint: 'use https://' });
  }
  if (url.username === '' && url.password === '') return url;
  throw cliError('ERR_CLI_URL', 'the URL holds a user name or a password', {
    hint: 'requests are signed with AWS credentials: see --profile',
  });
}

/** How to sign for a URL. Its host is on the list because the user named it. */
export async function signerOptions(flags: SigningFlags, url: URL): Promise<SignerOptions> {
  const { region, profile, service, allowHttp } = flags;
  return {
    hosts: [url.hostname],
    allowInsecureHttp: allowHttp === true,
    ...(region === undefined ? {} : { region: region.includes(',') ? region.split(',') : region }),
    ...(service === undefined ? {} : { service }),
    ...(profile === undefined ? {} : { credentials: await profileCredentials(profile) }),
  };
}

// The profile and nothing else: whoever names one does not want the machine's own role when it is misspelt.
async function profileCredentials(profile: string): Promise<NonNullable<SignerOptions['credentials']>> {
  const { fromIni } = await import('@aws-sdk/credential-providers');
  const provider = fromIni({ profile });
  return () => provider();
}
