import { latticeInterceptor } from '@lattice-auth/sigv4-fetch/undici';
import { Agent, fetch } from 'undici';

/** Calls a service by its real name, on an emulator: signed for the name, connected to `emulator`. */
export async function callOnEmulator(url: string, emulator: string) {
  const credentials = {
    accessKeyId: 'ASIAEXAMPLEKEY000001',
    secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  };
  const dispatcher = new Agent().compose(latticeInterceptor({ credentials, route: emulator }));
  return fetch(url, { dispatcher });
}
