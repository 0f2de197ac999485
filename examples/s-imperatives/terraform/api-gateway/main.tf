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
    key          = "api-gateway/terraform.tfstate"
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

data "aws_lambda_alias" "live" {
  function_name = "s3-files-function"
  name          = "LIVE"
}

resource "aws_api_gateway_rest_api" "files" {
  name = "s3-files"
}

resource "aws_api_gateway_resource" "any" {
  rest_api_id = aws_api_gateway_rest_api.files.id
  parent_id   = aws_api_gateway_rest_api.files.root_resource_id
  path_part   = "{proxy+}"
}

resource "aws_api_gateway_method" "get" {
  rest_api_id   = aws_api_gateway_rest_api.files.id
  resource_id   = aws_api_gateway_resource.any.id
  http_method   = "GET"
  authorization = "NONE"
}

resource "aws_api_gateway_integration" "live" {
  rest_api_id             = aws_api_gateway_rest_api.files.id
  resource_id             = aws_api_gateway_resource.any.id
  http_method             = aws_api_gateway_method.get.http_method
  integration_http_method = "POST"
  type                    = "AWS_PROXY"
  uri                     = data.aws_lambda_alias.live.invoke_arn
}

resource "aws_api_gateway_deployment" "files" {
  rest_api_id = aws_api_gateway_rest_api.files.id

  triggers = {
    content = sha1(jsonencode([aws_api_gateway_resource.any, aws_api_gateway_method.get, aws_api_gateway_integration.live]))
  }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_api_gateway_stage" "live" {
  rest_api_id   = aws_api_gateway_rest_api.files.id
  deployment_id = aws_api_gateway_deployment.files.id
  stage_name    = "live"
}

resource "aws_lambda_permission" "api" {
  statement_id  = "api-gateway"
  action        = "lambda:InvokeFunction"
  function_name = data.aws_lambda_alias.live.function_name
  qualifier     = data.aws_lambda_alias.live.name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${aws_api_gateway_rest_api.files.execution_arn}/*"
}
