/** By role, the arguments that follow from the settings. */
export const owns = {
  record: [
    'zone_id',
    'name',
    'type',
    'ttl',
    'alias',
    'records',
    'set_identifier',
    'health_check_id',
    'failover_routing_policy',
    'weighted_routing_policy',
    'latency_routing_policy',
  ],
  'health-check': ['type', 'fqdn', 'port', 'resource_path', 'request_interval', 'failure_threshold'],
} as const;
