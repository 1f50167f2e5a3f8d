"""The HTTP API, for the CMS: headlines for an article, the record of a call, feedback on it, whether Copydesk is well."""

from core.api.application import create_api

__all__ = ["create_api"]
