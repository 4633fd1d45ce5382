// serve-workers.ts: the first process of several: it starts the workers and answers operators for all of them.
import { askWorker, familiesByWorker, mergeReports } from '../admin/fleet.js';
import { type AdminServer, openAdminServer } from '../admin/server.js';
import type { SidecarConfig } from '../config/sidecar-config.js';
import type { Logger } from '../log/logger.js';
import { runningWorkers, type StopWorkers, superviseWorkers } from './workers.js';

/**
 * Runs until it is told to stop; resolves to the exit code.
 *
 * @throws {SidecarError} `ERR_SIDECAR_LISTEN`
 */
export async function serveWorkers(config: SidecarConfig, logger: Logger): Promise<number> {
  let stop: StopWorkers = () => undefined;
  const admin = config.admin.enabled ? await openAdmin(config, () => stop('SIGTERM')) : undefined;
  if (admin !== undefined) logger.info('answering for all workers', { admin: admin.address });
  const report = (message: string, fields: object) => logger.error(message, { ...fields });
  const code = await superviseWorkers(config.workers, report, (stopAll) => {
    stop = stopAll;
  });
  void admin?.close();
  return code;
}

function openAdmin(config: SidecarConfig, shutdown: () => void): Promise<AdminServer> {
  const statuses = () => Promise.all(runningWorkers().map(askWorker));
  return openAdminServer({
    config,
    report: async () => mergeReports(await statuses(), config.workers),
    families: async () => familiesByWorker(await statuses()),
    shutdown,
  });
}
