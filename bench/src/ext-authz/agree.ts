// agree.ts — before anything is timed: each server that decides must decide each question as it should.
import { request } from 'node:http';
import { connect } from 'node:http2';
import type { Contender } from './contenders.ts';
import { CheckResponse, encodeQuestion, framed, QUESTIONS, type Question } from './questions.ts';

/** Throws at the first answer that is wrong. */
export async function agree(contenders: readonly Contender[]): Promise<void> {
  for (const one of contenders) {
    for (const question of QUESTIONS) {
      const allowed = await (one.form === 'grpc' ? askGrpc : askHttp)(one.port, question);
      const expected = !one.decides || question.allowed;
      if (allowed !== expected) throw new Error(`${one.name}: ${question.method} ${question.path}: ${allowed}`);
    }
  }
}

function askGrpc(port: number, question: Question): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const session = connect(`http://127.0.0.1:${port}`);
    session.on('error', reject);
    const stream = session.request({
      ':method': 'POST',
      ':path': '/envoy.service.auth.v3.Authorization/Check',
      'content-type': 'application/grpc',
      te: 'trailers',
    });
    const parts: Buffer[] = [];
    stream.on('data', (chunk: Buffer) => parts.push(chunk));
    stream.on('error', reject);
    stream.on('end', () => {
      session.close();
      const answer = CheckResponse.toObject(CheckResponse.decode(Buffer.concat(parts).subarray(5)), { defaults: true });
      resolve(answer.status?.code === 0);
    });
    stream.end(framed(encodeQuestion(question)));
  });
}

function askHttp(port: number, { method, path, headers }: Question): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const sent = { host: 'orders.example.com', 'x-lattice-auth-peer': '169.254.171.9', ...headers };
    request({ host: '127.0.0.1', port, method, path: `/check${path}`, headers: sent, agent: false }, (response) => {
      response.resume().on('end', () => resolve(response.statusCode === 200));
    })
      .on('error', reject)
      .end();
  });
}
