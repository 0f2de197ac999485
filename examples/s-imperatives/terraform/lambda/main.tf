terraform {
  required_version = ">= 1.11"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.0"
    }
  }

  # The bucket is said by the release flow.
  backend "s3" {
    key          = "lambda/terraform.tfstate"
    region       = "ap-southeast-2"
    use_lockfile = true
  }
}

provider "aws" {
  region = "ap-southeast-2"
}

variable "environment" {
  type = string
}

data "aws_iam_role" "files" {
  name = "s3-files-function"
}

# For the first apply only: from then on the release publishes versions and moves the alias.
data "archive_file" "first" {
  type        = "zip"
  source_dir  = "${path.module}/../../lambda/s3-files"
  output_path = "${path.module}/.first.zip"
}

resource "aws_lambda_function" "files" {
  function_name = "s3-files-function"
  role          = data.aws_iam_role.files.arn
  runtime       = "nodejs24.x"
  handler       = "index.handler"
  filename      = data.archive_file.first.output_path
  memory_size   = 256
  timeout       = 15
  publish       = true

  environment {
    variables = {
      BUCKET = "s-imperatives-${var.environment}-files"
    }
  }

  lifecycle {
    ignore_changes = [filename]
  }
}

resource "aws_lambda_alias" "live" {
  name             = "LIVE"
  function_name    = aws_lambda_function.files.function_name
  function_version = aws_lambda_function.files.version

  lifecycle {
    ignore_changes = [function_version, routing_config]
  }
}
