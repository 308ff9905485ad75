# LatencyLab in a container: CPU by default; `--build-arg ORT=gpu` compiles against the official GPU package and expects
# the NVIDIA container runtime.
#
#   docker build -t latencylab .
#   docker run --rm -p 8080:8080 latencylab
#
#   docker build --build-arg ORT=gpu -t latencylab:gpu .
#   docker run --rm --gpus all -p 8080:8080 latencylab:gpu

ARG ORT=cpu

FROM node:20-bookworm-slim AS node

FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
ARG ORT
COPY --from=node /usr/local/bin/node /usr/local/bin/node
COPY --from=node /usr/local/lib/node_modules /usr/local/lib/node_modules
RUN ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm
WORKDIR /src
COPY . .
RUN dotnet publish LatencyLab.Web -c Release -o /app \
    $(if [ "$ORT" = gpu ]; then echo -p:OnnxRuntime=NuGet; fi)

FROM mcr.microsoft.com/dotnet/aspnet:10.0-noble AS runtime-cpu

FROM nvidia/cuda:12.9.1-cudnn-runtime-ubuntu24.04 AS runtime-gpu
COPY --from=mcr.microsoft.com/dotnet/aspnet:10.0-noble /usr/share/dotnet /usr/share/dotnet
RUN apt-get update \
    && apt-get install -y --no-install-recommends libicu74 ca-certificates \
    && rm -rf /var/lib/apt/lists/* \
    && ln -s /usr/share/dotnet/dotnet /usr/bin/dotnet
ENV APP_UID=1654 ASPNETCORE_HTTP_PORTS=8080

FROM runtime-${ORT} AS final
WORKDIR /app
COPY --from=build /app .
# Two arenas: native pictures come and go on few threads, and more arenas only keep memory.
ENV MALLOC_ARENA_MAX=2
USER $APP_UID
EXPOSE 8080
# The image has no curl; the program asks itself.
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s CMD ["dotnet", "LatencyLab.Web.dll", "--healthcheck"]
ENTRYPOINT ["dotnet", "LatencyLab.Web.dll"]
