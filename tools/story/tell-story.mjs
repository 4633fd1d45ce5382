// tell-story.mjs: the story from its first line to its last: start everything, send requests, say who got in and why the
// others did not, and stay, unless told not to. However it ends, nothing is left running.
import { styleText } from 'node:util';
import { countVersions, makeCalls } from './calls.mjs';
import { deploy, endPrograms, example } from './deployment.mjs';
import { StoryError } from './processes.mjs';
import { callTable, nextSteps } from './screen.mjs';

const TIMES = 40;
const bold = (text) => styleText('bold', text, { stream: process.stdout });

/** Resolves to the exit code. `stay`: leave it running until a signal comes. */
export async function tellStory({ stay }) {
  const programs = [];
  const stop = stopSignal();
  try {
    const told = tell(programs, stay);
    // A story that nobody listens to any more ends by its processes' end.
    told.catch(() => undefined);
    await Promise.race([told, stop.stopped]);
    if (stay && !stop.isStopped()) await stop.stopped;
    return 0;
  } catch (error) {
    if (stop.isStopped()) return 0;
    process.stderr.write(`${error instanceof StoryError ? error.message : error.stack}\n`);
    return 1;
  } finally {
    await endPrograms(programs);
    stop.forget();
  }
}

async function tell(programs, stay) {
  const started = Date.now();
  say(bold('A frontend calls a datastore through VPC Lattice'), `(${example})`);
  say('\n  frontend ─▶ sidecar ─▶ Lattice ─▶ sidecar ─▶ datastore v1, v2');
  say('              signs      decides    decides again   50 : 50\n');
  const deployment = await deploy(programs);
  say(`ready in ${((Date.now() - started) / 1000).toFixed(1)} s: ${programs.length + 5} processes on loopback\n`);
  const made = await makeCalls(deployment);
  say(`${bold('Who got in')}\n\n${callTable(made)}`);
  await explainOne(made, deployment);
  const counts = await countVersions(deployment, TIMES);
  const shares = Object.keys(counts)
    .sort()
    .map((version) => `${version} answered ${counts[version]}`);
  say(bold(`GET /summary, ${TIMES} times:`), `${shares.join(', ')}\n`);
  say(stay ? nextSteps(deployment, bold) : 'Ended.');
}

/** The right caller from the wrong VPC: all is well but one condition. */
async function explainOne(made, { controlUrl }) {
  const { seen } = made.find(({ vpc, status }) => vpc === 'vpc-b' && status === 403);
  const { decision } = await (await fetch(`${controlUrl}/api/requests/${seen.id}/explanation`)).json();
  const [text] = decision.text.split('\n\nRests on what AWS');
  say(`${bold(`Why not from ${seen.vpc}?`)}\n\n${text.trimEnd().replaceAll(/^(?=.)/gm, '  ')}\n`);
}

const say = (...words) => process.stdout.write(`${words.join(' ')}\n`);

function stopSignal() {
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  let isStopped = false;
  let stop;
  const stopped = new Promise((resolve) => {
    stop = () => {
      isStopped = true;
      resolve();
    };
  });
  for (const signal of signals) process.on(signal, stop);
  return {
    stopped,
    isStopped: () => isStopped,
    forget() {
      for (const signal of signals) process.off(signal, stop);
    },
  };
}
