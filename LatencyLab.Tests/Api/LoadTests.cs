using System.Net;
using System.Text.Json;
using LatencyLab.Tests.Sessions;

namespace LatencyLab.Tests.Api;

public class LoadTests(LoadTests.NarrowApp app) : IClassFixture<LoadTests.NarrowApp>
{
    private const int Clients = 32;
    private const int Requests = 1000;

    [Fact]
    public async Task ManyClients_AtOnce_GetTheSingleClientsAnswerOrADeliberateRefusal()
    {
        using var client = app.CreateClient();
        var pictures = Directory.GetFiles(SamplePicture.Folder, "*.jpg").Select(File.ReadAllBytes).ToArray();
        var expected = new string[pictures.Length];
        for (var i = 0; i < pictures.Length; i++)
        {
            expected[i] = await PredictionsAsync(await client.PostAsync("/api/classify/int8", new ByteArrayContent(pictures[i])));
        }

        int answered = 0, refused = 0;
        await Parallel.ForEachAsync(Enumerable.Range(0, Requests), new ParallelOptions { MaxDegreeOfParallelism = Clients }, async (i, cancellationToken) =>
        {
            using var answer = await client.PostAsync("/api/classify/int8", new ByteArrayContent(pictures[i % pictures.Length]), cancellationToken);
            if (answer.StatusCode == HttpStatusCode.OK)
            {
                Assert.Equal(expected[i % pictures.Length], await PredictionsAsync(answer));
                Interlocked.Increment(ref answered);
            }
            else
            {
                Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
                Assert.NotNull(answer.Headers.RetryAfter);
                Assert.Contains("queue-full", await answer.Content.ReadAsStringAsync(cancellationToken), StringComparison.Ordinal);
                Interlocked.Increment(ref refused);
            }
            if (i % 100 == 0)
            {
                using var page = await client.GetAsync("/", cancellationToken);
                Assert.Equal(HttpStatusCode.OK, page.StatusCode);
            }
        });

        Assert.Equal(Requests, answered + refused);
        Assert.True(answered > 0 && refused > 0, $"{answered} answered, {refused} refused");
        Assert.Equal(expected[0], await PredictionsAsync(await client.PostAsync("/api/classify/int8", new ByteArrayContent(pictures[0]))));
    }

    private static async Task<string> PredictionsAsync(HttpResponseMessage answer)
    {
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("predictions").GetRawText();
    }

    /// <summary>One place and a short queue, so that 32 clients must meet a full one.</summary>
    public sealed class NarrowApp : WebApp
    {
        protected override IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>
        {
            ["LatencyLab:Gate:Places"] = "1",
            ["LatencyLab:Gate:QueueLength"] = "8",
        };
    }
}
