import { runService } from '../shared/runtime/service';
import { readWorkerEnv } from './config';
import { createAccountWorker } from './worker-app';

void runService(createAccountWorker(readWorkerEnv()));
