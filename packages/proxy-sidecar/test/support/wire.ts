// Bytes on a socket, as an unkind client writes them, and what comes back.
import { connect, type Socket } from 'node:net';

/** Opens a connection to a port of this machine. */
export function open(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    socket.once('connect', () => resolve(socket));
    socket.once('error', reject);
  });
}

/** Everything that comes until the connection ends or, with `until`, until that text is in it. */
export function readAll(socket: Socket, until?: string): Promise<string> {
  return new Promise((resolve) => {
    let text = '';
    const done = () => resolve(text);
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString('latin1');
      if (until !== undefined && text.includes(until)) done();
    });
    socket.on('end', done);
    socket.on('close', done);
    socket.on('error', done);
  });
}

/** Sends text on a new connection, and reads the answer. */
export async function send(port: number, text: string, until?: string): Promise<string> {
  const socket = await open(port);
  const answer = readAll(socket, until);
  socket.write(text, 'latin1');
  const result = await answer;
  socket.destroy();
  return result;
}
