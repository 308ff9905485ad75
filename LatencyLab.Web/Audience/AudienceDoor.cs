using System.Security.Cryptography;
using LatencyLab.Inference.Imaging;
using Microsoft.Extensions.Options;

namespace LatencyLab.Web.Audience;

/// <summary>
/// The way by which an audience sends photos into a running demo: a code lets them in, a presenter decides on each. Photos are in memory
/// only, and only while they wait. Safe for concurrent use.
/// </summary>
public sealed class AudienceDoor : IDisposable
{
    private readonly Lock _lock = new();
    private readonly AudienceOptions _options;
    private readonly TimeProvider _time;
    private readonly WaitingRoom _room;
    private readonly ITimer _sweep;
    private string? _code;

    /// <summary>Begins with a closed door.</summary>
    public AudienceDoor(IOptions<AudienceOptions> options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        _options = options.Value;
        _time = time;
        _room = new WaitingRoom(time, TimeSpan.FromMinutes(_options.WaitingMinutes));
        _sweep = time.CreateTimer(_ => Sweep(), state: null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Raised, on any thread, when the code or the photos that wait have changed.</summary>
    public event Action? Changed;

    /// <summary>Whether the configuration allows the door at all.</summary>
    public bool IsEnabled => _options.Enabled;

    /// <summary>The configured address of the server; null for that of the presenter's page.</summary>
    public string? PublicAddress => _options.PublicAddress;

    /// <summary>What lets a phone in; null while the door is closed.</summary>
    public string? Code
    {
        get
        {
            lock (_lock)
            {
                return _code;
            }
        }
    }

    /// <summary>The photos that wait for the presenter, the oldest first.</summary>
    public IReadOnlyList<AudiencePicture> Pending
    {
        get
        {
            lock (_lock)
            {
                return _room.Waiting;
            }
        }
    }

    /// <summary>Whether a code would be let in.</summary>
    public bool Admits(string? code) => Code is { } current && JoinCode.Matches(current, code);

    /// <summary>Opens the door, or gives an open one another code: whoever has only the old one stays out. Photos that wait stay.</summary>
    /// <returns>The new code.</returns>
    /// <exception cref="InvalidOperationException">The configuration does not allow the door.</exception>
    public string Renew()
    {
        if (!IsEnabled)
        {
            throw new InvalidOperationException("The audience door is off. Set LatencyLab:Audience:Enabled.");
        }
        var code = JoinCode.Create();
        Change(() => _code = code);
        return code;
    }

    /// <summary>Closes the door and removes all photos.</summary>
    public void Close() => Change(() =>
    {
        _code = null;
        _room.DecideAll(AudienceState.Closed);
    });

    /// <summary>Checks, before anything is read, that a photo may come in now.</summary>
    /// <exception cref="AudienceRefusedException">The code is wrong, or too many photos wait.</exception>
    public void RefuseUnlessOpen(string? code)
    {
        lock (_lock)
        {
            Refuse(code);
        }
    }

    /// <summary>Lets a photo wait for the presenter.</summary>
    /// <param name="code">The code that the sender has.</param>
    /// <param name="facts">What is known of the photo.</param>
    /// <param name="encoded">The whole file, checked against the limits.</param>
    /// <param name="preview">A small JPEG made of its pixels alone.</param>
    /// <exception cref="AudienceRefusedException">The code is wrong, or too many photos wait.</exception>
    public AudienceStatus Submit(string? code, ImageFacts facts, ReadOnlyMemory<byte> encoded, byte[] preview)
    {
        var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        return Change(() =>
        {
            Refuse(code);
            _room.Add(new AudiencePicture(id, facts, encoded, preview, _time.GetUtcNow()));
            return _room.StatusOf(id)!;
        });
    }

    /// <summary>Hands a photo over to the demo and lets go of it.</summary>
    /// <returns>The photo; null when it no longer waits.</returns>
    public AudiencePicture? Approve(string id) => Change(() => _room.Decide(id, AudienceState.Shown));

    /// <summary>Removes a photo.</summary>
    /// <returns>Whether it was still waiting.</returns>
    public bool Decline(string id) => Change(() => _room.Decide(id, AudienceState.Declined) is not null);

    /// <summary>Tells the sender of an approved photo what the variants say of it.</summary>
    /// <returns>Whether the sender can still be told.</returns>
    public bool Answer(string id, IReadOnlyList<AudienceAnswer> answers)
    {
        ArgumentNullException.ThrowIfNull(answers);
        lock (_lock)
        {
            return _room.Answer(id, [.. answers.Select(answer => answer with { Predictions = [.. answer.Predictions.Take(AudienceAnswer.MostPredictions)] })]);
        }
    }

    /// <summary>What became of a photo; null when it was never sent, or the decision is some minutes old.</summary>
    public AudienceStatus? Find(string id)
    {
        lock (_lock)
        {
            return _room.StatusOf(id);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _sweep.Dispose();
        lock (_lock)
        {
            _code = null;
            _room.DecideAll(AudienceState.Closed);
        }
    }

    private void Refuse(string? code)
    {
        if (_code is null || !JoinCode.Matches(_code, code))
        {
            throw new AudienceRefusedException(AudienceRefusal.Code, "This invitation is not valid, or no longer. Scan the code on the screen again.");
        }
        if (_room.Waiting.Count >= _options.WaitingPictures)
        {
            throw new AudienceRefusedException(
                AudienceRefusal.Full, $"{_options.WaitingPictures} photos are waiting for the presenter already. Send yours again in a moment.");
        }
    }

    private void Sweep() => Change(() => { });

    private void Change(Action change) => Change(() =>
    {
        change();
        return true;
    });

    private T Change<T>(Func<T> change)
    {
        T result;
        lock (_lock)
        {
            _room.Sweep();
            result = change();
            _sweep.Change(_room.NextSweep is { } next ? (next > TimeSpan.Zero ? next : TimeSpan.Zero) : Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
        Changed?.Invoke();
        return result;
    }
}
