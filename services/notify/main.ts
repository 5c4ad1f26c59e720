import { runService } from '../shared/runtime/service';
import { createNotify } from './app';
import { readNotifyEnv } from './config';

void runService(createNotify(readNotifyEnv()));
