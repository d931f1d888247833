import { weeklyWindowPattern } from '../units/window';
import type { JsonSchema } from './kind';

/** A key of the user's own that encrypts what a component stores. */
export const kmsKeySchema: JsonSchema = {
  type: 'string',
  pattern: '^arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key/[A-Za-z0-9-]{1,64}$',
  examples: ['arn:aws:kms:eu-central-1:123456789012:key/11111111-2222-3333-4444-555555555555'],
  maxLength: 200,
  description: 'ARN of your own key. Default: the key of the topology.',
};

/** The weekly window in which AWS may change nodes of a managed component. */
export const maintenanceWindowSchema: JsonSchema = {
  type: 'string',
  pattern: weeklyWindowPattern,
  description: 'UTC. Default sun:04:00-sun:05:00.',
  examples: ['sun:04:00-sun:05:00'],
};
