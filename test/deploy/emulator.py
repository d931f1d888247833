#!/usr/bin/env python3
"""emulator.py PORT: the AWS API emulator moto on 127.0.0.1, with repairs of what keeps the real Terraform AWS provider from creating, reading
and destroying a highly available stack. Repairs only: no behaviour is added (nothing fails over, spreads or heals by code in this file), so what a
test sees beyond creation and read-back is moto's own."""
import hashlib, json, os, sys

os.environ.setdefault("MOTO_IAM_LOAD_MANAGED_POLICIES", "true")
os.environ.setdefault("AWS_ACCESS_KEY_ID", "test")
os.environ.setdefault("AWS_SECRET_ACCESS_KEY", "test")

# RDS: moto gives every instance the same resource id, and the provider then finds several or none.
import moto.rds.models as rds

rds.DBInstance.dbi_resource_id = property(
    lambda self: "db-" + hashlib.sha256(self.db_instance_arn.encode()).hexdigest()[:26].upper(), lambda self, value: None
)
# RDS cluster: no scaling configuration where none was given; a Multi-AZ cluster (one with an instance class) says so.
_scaling = rds.DBCluster.scaling_configuration_info.fget
rds.DBCluster.scaling_configuration_info = property(lambda self: _scaling(self) if self.scaling_configuration else None)
rds.DBCluster.multi_az = property(
    lambda self: bool(getattr(self, "db_cluster_instance_class", None)) or bool(self.__dict__.get("_multi_az")),
    lambda self, value: self.__dict__.__setitem__("_multi_az", value),
)
# RDS parameters that were set come from the user.
_update_parameters = rds.DBParameterGroup.update_parameters


def update_parameters(self, new):
    new = list(new)
    _update_parameters(self, new)
    for parameter in new:
        self.parameters[parameter["ParameterName"]]["Source"] = "user"


rds.DBParameterGroup.update_parameters = update_parameters

# RDS: Performance Insights are kept, by instances and by clusters.
_insights = ("enable_performance_insights", "performance_insights_kms_key_id", "performance_insights_retention_period")


def keeping_insights(made):
    init = made.__init__

    def keep(self, *given, **named):
        init(self, *given, **named)
        for key in _insights:
            setattr(self, key, named.get(key))

    made.__init__ = keep
    made.performance_insights_enabled = property(lambda self: bool(self.enable_performance_insights))


keeping_insights(rds.DBInstance)
keeping_insights(rds.DBCluster)

# RDS: a read replica has no standby because its source has one.
_create_replica = rds.RDSBackend.create_db_instance_read_replica


def create_db_instance_read_replica(self, db_kwargs):
    replica = _create_replica(self, db_kwargs)
    replica.multi_az = bool(db_kwargs.get("multi_az"))
    return replica


rds.RDSBackend.create_db_instance_read_replica = create_db_instance_read_replica

# EKS: no remote access where none was given.
import moto.eks.models as eks

eks.DEFAULT_REMOTE_ACCESS = None

# ElastiCache: the member clusters of a replication group exist, and deletion completes.
import moto.elasticache.models as elasticache
from moto.core.responses import EmptyResult
from moto.elasticache.responses import ElastiCacheResponse

_create_group = elasticache.ElastiCacheBackend.create_replication_group
_delete_group = elasticache.ElastiCacheBackend.delete_replication_group


def create_replication_group(self, **given):
    nodes = given.get("num_cache_clusters")
    if nodes and not given.get("num_node_groups") and not given.get("replicas_per_node_group"):
        given["replicas_per_node_group"] = int(nodes) - 1
    # Shards are cluster mode; AWS takes it from the parameter group, which the emulator does not have.
    if given.get("num_node_groups"):
        given["cluster_mode"] = "enabled"
    group = _create_group(self, **given)
    for member in (m for shard in group.node_groups for m in shard["node_group_members"]):
        cluster = elasticache.CacheCluster(self.account_id, self.region_name, member["cache_cluster_id"], *([None] * 31))
        cluster.engine, cluster.engine_version = given.get("engine") or "redis", given.get("engine_version")
        cluster.num_cache_nodes, cluster.cache_node_type = 1, given.get("cache_node_type")
        cluster.replication_group_id = group.replication_group_id
        cluster.preferred_availability_zone = member.get("preferred_availability_zone")
        cluster.cache_subnet_group_name = given.get("cache_subnet_group_name")
        cluster.snapshot_arns, cluster.snapshot_name = [], None
        cluster.cache_parameter_group_name = given.get("cache_parameter_group_name") or "default.redis7"
        cluster.cache_parameter_group = {
            "cache_parameter_group_name": cluster.cache_parameter_group_name,
            "parameter_apply_status": "in-sync",
        }
        cluster.security_group_ids = given.get("security_group_ids") or []
        cluster.security_groups = [{"SecurityGroupId": g, "Status": "active"} for g in cluster.security_group_ids]
        cluster.snapshot_window = given.get("snapshot_window") or "03:00-04:00"
        cluster.snapshot_retention_limit = given.get("snapshot_retention_limit") or 0
        cluster.preferred_maintenance_window = given.get("preferred_maintenance_window") or "sun:05:00-sun:06:00"
        cluster.auto_minor_version_upgrade = True
        cluster.transit_encryption_enabled = str(given.get("transit_encryption_enabled")).lower() == "true"
        cluster.transit_encryption_mode = given.get("transit_encryption_mode")
        cluster.at_rest_encryption_enabled = str(given.get("at_rest_encryption_enabled")).lower() == "true"
        self.cache_clusters[member["cache_cluster_id"]] = cluster
    return group


def delete_replication_group(self, replication_group_id, retain_primary_cluster=None):
    group = _delete_group(self, replication_group_id, retain_primary_cluster)
    for name, cluster in list(self.cache_clusters.items()):
        if getattr(cluster, "replication_group_id", None) == replication_group_id:
            del self.cache_clusters[name]
    del self.replication_groups[replication_group_id]
    return group


def delete_cache_subnet_group(self):
    self.elasticache_backend.cache_subnet_groups.pop(self._get_param("CacheSubnetGroupName"), None)
    return EmptyResult()


elasticache.ElastiCacheBackend.create_replication_group = create_replication_group
elasticache.ElastiCacheBackend.delete_replication_group = delete_replication_group
if not hasattr(ElastiCacheResponse, "delete_cache_subnet_group"):
    ElastiCacheResponse.delete_cache_subnet_group = delete_cache_subnet_group

# SQS: the redrive allow policy is kept, the redrive policy is compact JSON.
import moto.sqs.models as sqs

sqs.Queue.BASE_ATTRIBUTES = sqs.Queue.BASE_ATTRIBUTES + ["RedriveAllowPolicy"]
sqs.Queue.redrive_allow_policy = None
_attributes = sqs.Queue.attributes.fget


def attributes(self):
    found = {k: v for k, v in _attributes(self).items() if not (k == "RedriveAllowPolicy" and not v)}
    if found.get("RedrivePolicy"):
        found["RedrivePolicy"] = json.dumps(json.loads(found["RedrivePolicy"]), separators=(",", ":"))
    return found


sqs.Queue.attributes = property(attributes)

# SQS: setting other attributes of a queue leaves its policy.
_set_attributes = sqs.Queue._set_attributes


def set_attributes(self, attributes, now=None):
    kept = self.policy if hasattr(self, "_policy_json") else None
    _set_attributes(self, attributes if "Policy" in attributes or not kept else {**attributes, "Policy": kept}, now)


sqs.Queue._set_attributes = set_attributes

# CloudWatch: composite alarms are stored.
from moto.cloudwatch.responses import CloudWatchResponse

CloudWatchResponse.put_composite_alarm = lambda self: CloudWatchResponse.put_metric_alarm(self)

# Application Auto Scaling: tags can be listed.
from moto.applicationautoscaling.responses import ApplicationAutoScalingResponse

ApplicationAutoScalingResponse.list_tags_for_resource = lambda self: '{"Tags": {}}'

# MSK: a cluster becomes active.
import moto.kafka.models as kafka

_kafka_init = kafka.FakeKafkaCluster.__init__


def kafka_init(self, *args, **named):
    _kafka_init(self, *args, **named)
    self.state = "ACTIVE"


kafka.FakeKafkaCluster.__init__ = kafka_init

# EC2: the tags of a launch template itself are no tags of what it launches.
import moto.ec2.models.launch_templates as launch_templates

_create_template = launch_templates.LaunchTemplateBackend.create_launch_template


def create_launch_template(self, name, description, template_data, tag_spec):
    specifications = [each for each in template_data.get("TagSpecifications", []) if each["ResourceType"] != "launch-template"]
    return _create_template(self, name, description, {**template_data, "TagSpecifications": specifications}, tag_spec)


launch_templates.LaunchTemplateBackend.create_launch_template = create_launch_template

# EC2: a rule that names a group keeps its description.
import moto.ec2.models.security_groups as security_groups

security_groups.SecurityGroupRule.description = property(
    lambda self: self.ip_range.get("Description") or self.source_group.get("Description")
)

# Auto Scaling: a group keeps its warm-up and its distribution over zones, a policy is enabled and predicts nothing where nothing was said.
import moto.autoscaling.models as autoscaling
from moto.autoscaling.responses import AutoScalingResponse

_put_group = {name: getattr(AutoScalingResponse, name) for name in ("create_auto_scaling_group", "update_auto_scaling_group")}


def putting(name):
    def put(self):
        result = _put_group[name](self)
        group = self.autoscaling_backend.autoscaling_groups[self._get_param("AutoScalingGroupName")]
        given = self._get_params()
        if "DefaultInstanceWarmup" in given:
            group.default_instance_warmup = int(given["DefaultInstanceWarmup"])
        if "AvailabilityZoneDistribution" in given:
            group.availability_zone_distribution = given["AvailabilityZoneDistribution"]
        return result

    return put


for _name in _put_group:
    setattr(AutoScalingResponse, _name, putting(_name))

# Auto Scaling: two groups may have policies of one name.
_put_policy = autoscaling.AutoScalingBackend.put_scaling_policy


def put_scaling_policy(self, **given):
    policy = _put_policy(self, **given)
    self.policies[f"{policy.auto_scaling_group_name}/{policy.name}"] = self.policies.pop(policy.name)
    return policy


def delete_policy(self):
    self.autoscaling_backend.delete_policy(f"{self._get_param('AutoScalingGroupName')}/{self._get_param('PolicyName')}")
    return EmptyResult()


autoscaling.AutoScalingBackend.put_scaling_policy = put_scaling_policy
AutoScalingResponse.delete_policy = delete_policy
autoscaling.FakeScalingPolicy.enabled = True
autoscaling.FakeScalingPolicy.predictive_scaling_configuration = property(
    lambda self: self.__dict__.get("_predictive") or None, lambda self, value: self.__dict__.__setitem__("_predictive", value)
)

# Secrets Manager: what was deleted is told in the words of AWS, by which the provider knows it.
import moto.secretsmanager.exceptions as secrets

_refuse = secrets.InvalidRequestException.__init__


def refuse(self, message):
    gone = "You can't perform this operation on the secret because it was marked for deletion."
    _refuse(self, gone if "marked deleted" in message else message)


secrets.InvalidRequestException.__init__ = refuse

# Route 53: ids of hosted zones begin as those of AWS do.
import moto.route53.models as route53

_generate = route53.HostedZoneIdentifier.generate
route53.HostedZoneIdentifier.generate = lambda self, *given, **named: "Z" + _generate(self, *given, **named)[1:]

# One request at a time: moto's stores are not made for several threads, and a provider that destroys asks for thirty things at once.
import threading
from moto.moto_server.werkzeug_app import DomainDispatcherApplication

_dispatch = DomainDispatcherApplication.__call__
_turn = threading.Lock()


def dispatch(self, environ, start_response):
    with _turn:
        return _dispatch(self, environ, start_response)


DomainDispatcherApplication.__call__ = dispatch

from moto.server import main

main(["-H", "127.0.0.1", "-p", sys.argv[1]])
