using LatencyLab.Tests.Components;
using LatencyLab.Tests.Requirements;
using LatencyLab.Web.History;
using LatencyLab.Web.History.Pictures;

namespace LatencyLab.Tests.History;

/// <summary>Uploaded pictures in the history.</summary>
public class KeptPictureTests(HistoryPlaces places) : IClassFixture<HistoryPlaces>
{
    private static readonly KeptPicture Picture = new("jpeg", Enumerable.Range(0, 400_000).Select(i => (byte)i).ToArray());

    [Theory, OnSqlite, OnPostgres]
    public async Task APicture_ByDefault_IsNotKept(string database)
    {
        await using var history = await HistoryHost.StartAsync(await places.CreateAsync(database));

        await history.Runs.SaveAsync("c1", DateTimeOffset.UnixEpoch, Example.Result("c1"), Picture);

        Assert.NotNull(await history.Runs.FindAsync("c1", default));
        Assert.Null(await history.Runs.FindPictureAsync("c1", default));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task APicture_KeptOnWish_ExpiresAndItsRunStays(string database)
    {
        var time = new WallClock();
        await using var history = await HistoryHost.StartAsync(await places.CreateAsync(database), time, ("KeepPictures", "true"), ("PictureDays", "2"));
        var sweep = history.Get<PictureSweep>();
        await history.Runs.SaveAsync("c1", time.GetUtcNow(), Example.Result("c1"), Picture);
        time.Now += TimeSpan.FromDays(1.5);
        await history.Runs.SaveAsync("c2", time.GetUtcNow(), Example.Result("c2"), Picture);

        await sweep.SweepAsync(default);
        var kept = await history.Runs.FindPictureAsync("c1", default);
        Assert.Equal(Picture.Encoded.ToArray(), kept!.Encoded.ToArray());
        time.Now += TimeSpan.FromDays(1);

        await sweep.SweepAsync(default);
        Assert.Null(await history.Runs.FindPictureAsync("c1", default));
        Assert.NotNull(await history.Runs.FindPictureAsync("c2", default));
        Assert.NotNull(await history.Runs.FindAsync("c1", default));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Pictures_BeyondTheQuota_GiveWayOldestFirst(string database)
    {
        var time = new WallClock();
        await using var history = await HistoryHost.StartAsync(
            await places.CreateAsync(database), time, ("KeepPictures", "true"), ("PictureQuotaMegabytes", "1"));
        foreach (var id in new[] { "c1", "c2", "c3" })
        {
            await history.Runs.SaveAsync(id, time.GetUtcNow(), Example.Result(id), Picture);
            time.Now += TimeSpan.FromMinutes(1);
        }

        await history.Get<PictureSweep>().SweepAsync(default);

        Assert.Null(await history.Runs.FindPictureAsync("c1", default));
        Assert.NotNull(await history.Runs.FindPictureAsync("c2", default));
        Assert.NotNull(await history.Runs.FindPictureAsync("c3", default));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Pictures_OnceTheyAreNoLongerKept_AllGo(string database)
    {
        var place = await places.CreateAsync(database);
        await using (var keeping = await HistoryHost.StartAsync(place, time: null, ("KeepPictures", "true")))
        {
            await keeping.Runs.SaveAsync("c1", DateTimeOffset.UnixEpoch, Example.Result("c1"), Picture);
            Assert.NotNull(await keeping.Runs.FindPictureAsync("c1", default));
        }

        await using var history = await HistoryHost.StartAsync(place);
        await history.Get<PictureSweep>().SweepAsync(default);

        Assert.Null(await history.Runs.FindPictureAsync("c1", default));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task APicture_OfADeletedRun_GoesWithIt(string database)
    {
        await using var history = await HistoryHost.StartAsync(await places.CreateAsync(database), time: null, ("KeepPictures", "true"));
        await history.Runs.SaveAsync("c1", DateTimeOffset.UnixEpoch, Example.Result("c1"), Picture);

        await history.Runs.DeleteAsync("c1", default);

        Assert.Null(await history.Runs.FindPictureAsync("c1", default));
    }

    /// <summary>A clock that stands until the test moves it; the sweeps in the background keep real time, which is too short here for a second one.</summary>
    private sealed class WallClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 3, 14, 9, 26, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
