import { runService } from '../shared/runtime/service';
import { createGateway } from './app';
import { readGatewayEnv } from './config';

void runService(createGateway(readGatewayEnv()));
