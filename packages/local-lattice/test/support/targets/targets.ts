// targets.ts — targets of a stack's section `local` by themselves: made as the data plane makes them, asked directly.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { type LocalTarget, parseStack } from '@lattice-auth/stack';
import type { Fields, Target, TargetRequest } from '../../../src/model.js';
import type { TargetParts } from '../../../src/targets/target-parts.js';

/** A folder for modules and scripts, and what was logged about the targets in it. */
export class TargetFolder {
  readonly path = mkdtempSync(join(tmpdir(), 'local-targets-'));
  readonly lines: string[] = [];
  readonly #targets: Target[] = [];

  write(name: string, text: string): void {
    writeFileSync(join(this.path, name), text);
  }

  /** What a target is made from; `group` is a target group's settings in YAML. */
  parts(local: LocalTarget, group: string): TargetParts {
    const stack = parseStack(
      `region: eu-west-1
account: "111122223333"
serviceNetworks: {}
services: { api: { id: svc-00000000000000001 } }
targetGroups: { orders: ${group} }
`,
      { file: join(this.path, 'stack.yaml') },
    );
    const orders = stack.targetGroups.orders;
    if (orders === undefined) throw new Error('no group');
    return {
      stack,
      group: orders,
      local,
      healthCheck: undefined,
      folder: this.path,
      timeouts: { connectMs: 1_000, idleMs: 5_000 },
      log: (line) => this.lines.push(line),
    };
  }

  /** A target that is closed with the folder. */
  keep<T extends Target>(target: T): T {
    this.#targets.push(target);
    return target;
  }

  async close(): Promise<void> {
    await Promise.all(this.#targets.map((target) => target.close()));
    rmSync(this.path, { recursive: true });
  }
}

/** A request to a target. */
export function targetRequest(
  parts: Partial<Omit<TargetRequest, 'body'>> & { body?: string | Readable } = {},
): TargetRequest {
  const { body, ...others } = parts;
  const fields: Fields = [
    ['host', 'api.example.com'],
    ['content-type', 'text/plain'],
  ];
  return {
    method: body === undefined ? 'GET' : 'POST',
    target: '/',
    fields,
    body: typeof body === 'string' ? Readable.from([Buffer.from(body)]) : body,
    context: {
      serviceArn: 'arn:aws:vpc-lattice:eu-west-1:111122223333:service/svc-00000000000000001',
      serviceNetworkArn: 'arn:aws:vpc-lattice:eu-west-1:111122223333:servicenetwork/sn-00000000000000001',
      targetGroupArn: 'arn:aws:vpc-lattice:eu-west-1:111122223333:targetgroup/tg-00000000000000001',
      region: 'eu-west-1',
      sourceVpcArn: undefined,
      identity: undefined,
      time: new Date(),
    },
    signal: new AbortController().signal,
    ...others,
  };
}

/** Status and text of a target's answer. */
export async function ask(target: Target, request = targetRequest()): Promise<{ status: number; text: string }> {
  const { status, body } = await target.send(request);
  if (!(body instanceof Readable)) return { status, text: Buffer.from(body ?? '').toString() };
  let text = '';
  for await (const chunk of body) text += chunk;
  return { status, text };
}

/** Whether a process runs. One that has ended and that nobody has asked about yet doesn't. */
export function isAlive(pid: number): boolean {
  try {
    const afterName = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1);
    return !afterName?.startsWith('Z');
  } catch {
    return false;
  }
}
