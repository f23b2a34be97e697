using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Live;
using ModerationConsole.Core.Media;

namespace ModerationConsole.Tests.Support.Media;

/// <summary>A console whose media comes from a server on loopback, and what tests of its queue ask of it.</summary>
public abstract class MediaQueueTest : IAsyncLifetime
{
    // Only for what would otherwise hang when it is broken; nothing waits this long.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private protected readonly MediaHost _host = new();
    private protected readonly string _folder = Directory.CreateTempSubdirectory("media-queue-").FullName;
    private protected readonly Dictionary<string, string?> _settings = [];
    private protected TestConsole _console = null!;

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected ProcessMediaQueue Queue => _console.Get<ProcessMediaQueue>();

    public async ValueTask InitializeAsync()
    {
        _settings["Media:AllowedHosts:0"] = _host.Name;
        _console = await TestConsole.StartAsync(_settings);
    }

    public async ValueTask DisposeAsync()
    {
        await _console.DisposeAsync();
        await _host.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    protected static async Task MakeExecutableAsync(string path)
    {
        using System.Diagnostics.Process chmod = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("chmod", ["+x", path]) { RedirectStandardOutput = true })!;
        await chmod.WaitForExitAsync(Cancel);
    }

    protected async Task RestartAsync(string ffmpeg, bool background = false)
    {
        _settings["Media:FfmpegPath"] = ffmpeg;
        await _console.RestartAsync(background);
    }

    private protected async Task<MediaClaim> ClaimAndDieAsync() =>
        Assert.Single(await _console.WriteAsync(scope => scope.ClaimMediaAsync(4, TimeSpan.FromMinutes(4), Cancel)));

    protected Task<MediaObject> RowAsync(Guid id) =>
        _console.ReadAsync(db => db.Set<MediaObject>().AsNoTracking().SingleAsync(row => row.Id == id, Cancel));

    protected async Task<(MediaState State, string? Problem)> StateAsync(Guid id) =>
        await RowAsync(id) is var row ? (row.State, row.Problem) : default;

    protected Task<List<AuditAct>> ActsAsync(Guid id) => _console.ReadAsync(db => db.Set<AuditEntry>()
        .Where(entry => entry.Subject == id.ToString()).OrderBy(entry => entry.Number).Select(entry => entry.Act).ToListAsync(Cancel));

    protected Task<int> EventsAsync(Guid id) => _console.ReadAsync(db => db.Set<OutboxEvent>()
        .CountAsync(row => row.Kind == LiveKind.MediaChanged && row.State == id.ToString(), Cancel));

    // Ends when the feed tells of the object, or at once when it has been told of before.
    protected async Task ChangeOfAsync(Guid id)
    {
        TaskCompletionSource told = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using IDisposable watching = _console.Get<CaseFeed>().Subscribe(
            change => change.Kind == LiveKind.MediaChanged && change.State == id.ToString(), _ => told.TrySetResult());
        if ((await StateAsync(id)).State is MediaState.Pending or MediaState.Placeholder)
        {
            await told.Task.WaitAsync(s_patience, Cancel);
        }
    }
}
