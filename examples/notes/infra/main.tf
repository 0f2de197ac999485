# What stands around the stack: where its code is uploaded to, its name, its secret, and who is told when it fails.
terraform {
  required_version = ">= 1.6"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.0"
    }
  }
  backend "s3" {} # bucket and key: backend-config of .github/release-flow.yml
}

variable "environment" {
  type = string
}

variable "domain_name" {
  type = string
}

variable "alarm_email" {
  type    = string
  default = "notes-ops@example.com"
}

locals {
  tags = { application = "notes", environment = var.environment }
}

resource "aws_s3_bucket" "artifacts" {
  bucket = "notes-${var.environment}-artifacts"
  tags   = local.tags
}

resource "aws_s3_bucket_versioning" "artifacts" {
  bucket = aws_s3_bucket.artifacts.id
  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_secretsmanager_secret" "login" {
  name = "notes-${var.environment}-login"
  tags = local.tags
}

data "aws_acm_certificate" "api" {
  domain   = var.domain_name
  statuses = ["ISSUED"]
}

resource "aws_apigatewayv2_domain_name" "api" {
  domain_name = var.domain_name
  domain_name_configuration {
    certificate_arn = data.aws_acm_certificate.api.arn
    endpoint_type   = "REGIONAL"
    security_policy = "TLS_1_2"
  }
}

resource "aws_sns_topic" "alarms" {
  name = "notes-${var.environment}-alarms"
  tags = local.tags
}

resource "aws_sns_topic_subscription" "alarms" {
  topic_arn = aws_sns_topic.alarms.arn
  protocol  = "email"
  endpoint  = var.alarm_email
}

resource "aws_cloudwatch_metric_alarm" "errors" {
  alarm_name          = "notes-${var.environment}-errors"
  namespace           = "AWS/ApiGateway"
  metric_name         = "5xx"
  statistic           = "Sum"
  period              = 60
  evaluation_periods  = 2
  threshold           = 5
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.alarms.arn]
}

output "domain_target" {
  value = aws_apigatewayv2_domain_name.api.domain_name_configuration[0].target_domain_name
}
