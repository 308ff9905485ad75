using LatencyLab.Inference.Hosting;
using LatencyLab.Inference.Models;
using LatencyLab.Web.Loads;
using Microsoft.Extensions.Options;

namespace LatencyLab.Web.Api;

/// <summary>From a request to the load that it asks for; the same words as <c>latencylab load</c>.</summary>
internal sealed class LoadSettingsReader(ModelCatalogue catalogue, IOptions<LatencyLabOptions> options, IOptions<LoadLimits> limits)
{
    /// <summary>The settings; <see cref="LoadSettings.Problem"/> has not looked at them yet.</summary>
    /// <exception cref="ApiException">An option is missing, no number, or for another kind of load.</exception>
    /// <exception cref="KeyNotFoundException">There is no such model.</exception>
    public LoadSettings Read(HttpRequest request)
    {
        var closed = PictureReader.Option(request, "loop") switch
        {
            null or "open" => false,
            "closed" => true,
            var other => throw new ApiException(Problems.BadOption, $"`loop` must be open or closed, not `{other}`."),
        };
        var settings = new LoadSettings
        {
            ModelId = catalogue[PictureReader.Option(request, "model") ?? options.Value.DefaultModel].Id,
            VariantId = PictureReader.Option(request, "variant") ?? throw new ApiException(Problems.BadOption, "`variant` is missing: name the variant to put load on."),
            ClosedLoop = closed,
            Schedule = PictureReader.Option(request, "schedule") ?? LoadSettings.Poisson,
        };
        RefuseOthers(request, settings);
        return settings with
        {
            // Where other endpoints take a picture, its identifier is called so.
            ImageId = PictureReader.Option(request, "image") ?? PictureReader.Option(request, "imageId"),
            RatePerSecond = NumberOption.ReadNumber(request, "rate"),
            FromRatePerSecond = NumberOption.ReadNumber(request, "fromRate") ?? settings.FromRatePerSecond,
            Clients = NumberOption.Read(request, "clients", settings.Clients, 1, limits.Value.MaxClients),
            Callers = NumberOption.Read(request, "callers", settings.Callers, 0, limits.Value.MaxClients),
            DurationSeconds = NumberOption.ReadNumber(request, "duration") ?? settings.DurationSeconds,
            WarmupSeconds = NumberOption.ReadNumber(request, "warmup") ?? settings.WarmupSeconds,
            Seed = NumberOption.Read(request, "seed", settings.Seed, 0, int.MaxValue),
        };
    }

    /// <summary>Refuses options that would be ignored: who gave them expects something of them.</summary>
    private static void RefuseOthers(HttpRequest request, LoadSettings settings)
    {
        var open = !settings.ClosedLoop;
        (string Name, bool Applies, string Where)[] scopes =
        [
            ("clients", settings.ClosedLoop, "a closed loop; how many requests of an open one are with the variant at once is `callers`"),
            ("callers", open, "an open loop; a closed one has `clients`"),
            ("rate", open, "an open loop"),
            ("schedule", open, "an open loop"),
            ("fromRate", open && settings.Schedule == LoadSettings.Ramp, "an open loop with `schedule=ramp`"),
            ("seed", open && settings.Schedule == LoadSettings.Poisson, "an open loop with `schedule=poisson`"),
        ];
        if (Array.Find(scopes, scope => !scope.Applies && PictureReader.Option(request, scope.Name) is not null) is { Name: not null } other)
        {
            throw new ApiException(Problems.BadOption, $"`{other.Name}` does not apply here: it is for {other.Where}.");
        }
    }
}
