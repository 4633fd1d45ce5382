// grpc-js-server.ts — @grpc/grpc-js as one would use it: reads the question with protobufjs, answers OK.
import { Server, ServerCredentials, type UntypedHandleCall } from '@grpc/grpc-js';
import { CheckRequest, CheckResponse } from './questions.ts';

const [port] = process.argv.slice(2).map(Number);
const service = {
  Check: {
    path: '/envoy.service.auth.v3.Authorization/Check',
    requestStream: false,
    responseStream: false,
    requestDeserialize: (bytes: Buffer) => CheckRequest.decode(bytes),
    requestSerialize: (message: Buffer) => message,
    responseSerialize: (message: object) =>
      Buffer.from(CheckResponse.encode(CheckResponse.fromObject(message)).finish()),
    responseDeserialize: (bytes: Buffer) => bytes,
  },
};
const check: UntypedHandleCall = (_call: unknown, answer: (error: null, message: object) => void) => {
  answer(null, { status: { code: 0 }, ok_response: {} });
};
const server = new Server();
server.addService(service, { Check: check });
server.bindAsync(`127.0.0.1:${port}`, ServerCredentials.createInsecure(), () => undefined);
