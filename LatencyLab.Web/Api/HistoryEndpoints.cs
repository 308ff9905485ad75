using System.Text;
using LatencyLab.Web.Comparisons;
using LatencyLab.Web.History;
using LatencyLab.Web.History.Kinds;
using LatencyLab.Web.History.Transfer;
using LatencyLab.Web.Profiles;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace LatencyLab.Web.Api;

/// <summary><c>/api/history</c>: all runs that were measured here or imported.</summary>
internal static class HistoryEndpoints
{
    private const long BytesPerMegabyte = 1_000_000;

    public static void MapHistory(this IEndpointRouteBuilder api)
    {
        var history = api.MapGroup("/history");
        history.MapGet("", (HttpRequest request, IRunHistory runs, CancellationToken cancellationToken) =>
                runs.ListAsync(HistoryQuery.Filter(request), cancellationToken))
            .WithSummary("Runs, the newest first, without payloads. Options: kind, model, machine, text, from, to (dates), page, pageSize.")
            .ProducesProblem(StatusCodes.Status400BadRequest);
        history.MapGet("/compare", CompareAsync)
            .WithSummary("Two runs, `a` and `b`, side by side: whether b is faster, slower, or there is no evidence, a variant.")
            .ProducesProblem(StatusCodes.Status404NotFound);
        history.MapGet("/export", ExportAsync)
            .WithSummary("Runs with payloads as a file. Options: format (json, csv), ids (comma-separated), or those of the list to filter.")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound);
        history.MapPost("/import", ImportAsync)
            .WithSummary("Adds the runs of a JSON export, or one result that the command line printed: multipart file `history`, or the raw body. Known identifiers are skipped.")
            .Produces<ImportReport>()
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        history.MapGet("/{id}", (string id, IRunHistory runs, CancellationToken cancellationToken) => FindAsync(runs, id, cancellationToken))
            .WithSummary("One run with its payload. It is here only once it is on disk.")
            .ProducesProblem(StatusCodes.Status404NotFound);
        history.MapGet("/{id}/picture", async (string id, IRunHistory runs, CancellationToken cancellationToken) =>
                await runs.FindPictureAsync(id, cancellationToken) is { } picture
                    ? Results.Bytes(picture.Encoded.ToArray(), $"image/{picture.Format}")
                    : throw new KeyNotFoundException($"No picture is kept for the run `{id}`."))
            .WithSummary("The picture behind a run, where it was kept.")
            .ProducesProblem(StatusCodes.Status404NotFound);
        history.MapDelete("/{id}", DeleteAsync)
            .WithSummary("Deletes a run for good.")
            .Produces(StatusCodes.Status204NoContent)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static async Task<RunRecord> FindAsync(IRunHistory runs, string id, CancellationToken cancellationToken) =>
        await runs.FindAsync(id, cancellationToken) ?? throw new KeyNotFoundException($"There is no run `{id}` in the history.");

    private static async Task<RunComparison> CompareAsync(string a, string b, IRunHistory runs, RunKinds kinds, CancellationToken cancellationToken) =>
        RunComparison.Of(await FindAsync(runs, a, cancellationToken), await FindAsync(runs, b, cancellationToken), kinds);

    private static async Task<IResult> ExportAsync(
        HttpRequest request, IRunHistory runs, RunKinds kinds, IOptions<HistoryOptions> options, TimeProvider time, CancellationToken cancellationToken)
    {
        var ids = HistoryQuery.Ids(request) ?? await MatchingAsync();
        if (ids.Count > options.Value.TransferredRuns)
        {
            throw new ApiException(Problems.BadOption, $"{ids.Count} runs match; at most {options.Value.TransferredRuns} go into one file. Narrow the filter.");
        }
        var records = new List<RunRecord>();
        foreach (var id in ids)
        {
            records.Add(await FindAsync(runs, id, cancellationToken));
        }
        return request.Query["format"].ToString() switch
        {
            "csv" => Results.File(Encoding.UTF8.GetBytes(HistoryCsv.Write(records, kinds)), "text/csv", "latencylab-history.csv"),
            "" or "json" => Results.Json(HistoryExport.Of(records, time.GetUtcNow())),
            var other => throw new ApiException(Problems.BadOption, $"`format` must be json or csv, not `{other}`."),
        };

        async Task<IReadOnlyList<string>> MatchingAsync()
        {
            var matching = new List<string>();
            var filter = HistoryQuery.Filter(request) with { PageSize = RunFilter.MaxPageSize };
            for (var page = 1; matching.Count <= options.Value.TransferredRuns; page++)
            {
                var list = await runs.ListAsync(filter with { Page = page }, cancellationToken);
                matching.AddRange(list.Runs.Select(run => run.Id));
                if (list.Runs.Count < filter.PageSize)
                {
                    break;
                }
            }
            return matching;
        }
    }

    private static async Task<ImportReport> ImportAsync(
        HttpRequest request, IHistoryImporter importer, BrowserForgery forgery, IOptions<HistoryOptions> options, CancellationToken cancellationToken)
    {
        await RefuseUnlessAllowedAsync(request, forgery, options.Value);
        var limit = options.Value.ImportMegabytes * BytesPerMegabyte;
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = limit;
        }
        if (request.ContentLength > limit)
        {
            throw new ApiException(Problems.ImportTooLarge, $"A file may have {options.Value.ImportMegabytes} MB at most. Export fewer runs.");
        }
        try
        {
            if (!request.HasFormContentType)
            {
                return await importer.ImportAsync(request.Body, cancellationToken);
            }
            var form = await request.ReadFormAsync(new FormOptions { MultipartBodyLengthLimit = limit }, cancellationToken);
            await using var file = (form.Files.GetFile("history") ?? throw new ApiException(Problems.ImportRefused, "The form has no file `history`.")).OpenReadStream();
            return await importer.ImportAsync(file, cancellationToken);
        }
        catch (ImportRefusedException refused)
        {
            throw new ApiException(Problems.ImportRefused, refused.Message);
        }
    }

    private static async Task<IResult> DeleteAsync(
        string id, HttpRequest request, IRunHistory runs, ComparisonStore recent, ProfileService profiles, BrowserForgery forgery, IOptions<HistoryOptions> options,
        CancellationToken cancellationToken)
    {
        await RefuseUnlessAllowedAsync(request, forgery, options.Value);
        if (!await runs.DeleteAsync(id, cancellationToken))
        {
            await FindAsync(runs, id, cancellationToken);
            throw new ApiException(Problems.RunRunning, "A run that is being measured cannot be deleted. Stop it first.");
        }
        recent.Remove(id);
        profiles.Remove(id);
        return Results.NoContent();
    }

    private static async Task RefuseUnlessAllowedAsync(HttpRequest request, BrowserForgery forgery, HistoryOptions options)
    {
        if (options.ReadOnly)
        {
            throw new ApiException(Problems.HistoryReadOnly, "Runs can be neither deleted nor imported here: the operator set LatencyLab:History:ReadOnly.");
        }
        await forgery.RefuseWithoutHeaderAsync(request);
    }
}
