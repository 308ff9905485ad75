using System.Net.Http.Json;
using System.Text.Json;

namespace LatencyLab.Tests.Api;

/// <summary>Waits for what an address answers.</summary>
internal static class Polling
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(50);

    /// <summary>Asks until the answer is as it should be.</summary>
    /// <returns>That answer.</returns>
    public static async Task<JsonElement> UntilAsync(this HttpClient client, string address, Predicate<JsonElement> isMet)
    {
        for (var asked = TimeSpan.Zero; asked < Patience; asked += Period)
        {
            var answer = await client.GetFromJsonAsync<JsonElement>(address);
            if (isMet(answer))
            {
                return answer;
            }
            await Task.Delay(Period);
        }
        throw new TimeoutException($"{address} did not come to what was waited for; it is {await client.GetStringAsync(address)}");
    }
}
