"""For whoever runs the service: is it alive, is it ready, how much has it done."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, PlainTextResponse, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from pydantic import BaseModel

from qualitycheck.service.answering import NO_STORE
from qualitycheck.service.desk import AtDesk
from qualitycheck.service.documented import problems
from qualitycheck.service.problems import Problem

router = APIRouter(tags=["Running the service"])


class State(BaseModel):
    status: str


@router.get("/healthz", summary="Is the service alive?", responses=problems(403, 500, 503))
def healthz() -> State:
    return State(status="alive")


@router.get("/readyz", summary="Are rules, models and store ready?", responses=problems(403, 500, 503))
def readyz(at: AtDesk) -> State:
    if not at.store.ready:
        raise Problem(503, NO_STORE, headers={"Retry-After": "5"})
    if not at.pool.ready:
        raise Problem(
            503, "Rules and models are being loaded: ask again in a few seconds.", headers={"Retry-After": "2"}
        )
    return State(status="ready")


@router.get(
    "/metrics",
    summary="Figures for Prometheus: numbers, never content",
    response_class=PlainTextResponse,
    responses=problems(401, 403, 429, 500, 503),
)
def metrics(at: AtDesk) -> Response:
    at.figures.queue.set(at.pool.waiting)
    at.figures.workers.set(at.pool.workers_ready)
    at.figures.held.set(len(at.held))
    return Response(generate_latest(at.figures.registry), media_type=CONTENT_TYPE_LATEST)


@router.get("/openapi.json", include_in_schema=False)
def openapi(request: Request) -> JSONResponse:
    return JSONResponse(request.app.openapi())
