// main.ts: where the image's bundle begins. Without top-level await: the bundle is CommonJS, which starts sooner.
import { runContainer } from './run-container.js';

const write = (stream: NodeJS.WriteStream) => (text: string) => stream.write(text);
void runContainer({
  argv: process.argv.slice(2),
  env: process.env,
  command: 'lattice-auth',
  stdout: write(process.stdout),
  stderr: write(process.stderr),
}).then((code) => process.exit(code));
