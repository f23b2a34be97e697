using ModerationConsole.Core.Media;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Unit.Media;

public sealed class WatchedStreamTests
{
    private readonly FakeClock _clock = new();
    private readonly byte[] _buffer = new byte[10];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Reading_AfterThePermissionEnded_BreaksOff()
    {
        bool allowed = true;
        using MemoryStream bytes = new(new byte[100]);
        await using WatchedStream stream = new(bytes, _ => ValueTask.FromResult(allowed), _clock);
        Assert.Equal(10, await stream.ReadAsync(_buffer, Cancel));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(10, await stream.ReadAsync(_buffer, Cancel));

        allowed = false;
        _clock.Advance(TimeSpan.FromSeconds(1));

        await Assert.ThrowsAsync<OperationCanceledException>(() => stream.ReadExactlyAsync(_buffer, Cancel).AsTask());
    }

    [Fact]
    public async Task Reading_InOneBurst_AsksOnce()
    {
        int asked = 0;
        using MemoryStream bytes = new(new byte[100]);
        await using WatchedStream stream = new(bytes, _ => ValueTask.FromResult(++asked > 0), _clock);
        _clock.Advance(TimeSpan.FromSeconds(2));

        for (int i = 0; i < 10; i++)
        {
            Assert.Equal(10, await stream.ReadAsync(_buffer, Cancel));
        }

        Assert.Equal(1, asked);
    }
}
