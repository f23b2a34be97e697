using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Media;
using ModerationConsole.Core.People;
using ModerationConsole.Tests.Support;
using ModerationConsole.Tests.Support.Media;

namespace ModerationConsole.Tests.Integration.Media;

public sealed class OpenMediaTests : IAsyncLifetime
{
    private static readonly byte[] s_still = [1, 2, 3];
    private TestConsole _console = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _console = await TestConsole.StartAsync();

    public ValueTask DisposeAsync() => _console.DisposeAsync();

    [Fact]
    public async Task BlurredStill_ForAModerator_IsTheStillAndNothingElse()
    {
        Guid id = await ReadyAsync();
        OpenedMedia opened = await OpenAsync(await _console.PersonAsync(), id, 0);

        await using Stream content = Assert.IsAssignableFrom<Stream>(opened.Content);
        using MemoryStream copy = new();
        await content.CopyToAsync(copy, Cancel);
        Assert.Equal((MediaGateOutcome.Allowed, "image/jpeg"), (opened.Outcome, opened.ContentType));
        Assert.Equal(s_still, copy.ToArray());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(-1)]
    [InlineData(int.MaxValue)]
    public async Task AnyOtherStep_IsRefusedAndInTheAudit(int step)
    {
        Guid id = await ReadyAsync();
        Caller expert = await _console.PersonAsync(Roles.PolicyExpert, own: Permission.ChildSafety);
        OpenedMedia opened = await OpenAsync(expert, id, step);

        Assert.Equal(new OpenedMedia(MediaGateOutcome.StepNotServed), opened);
        AuditEntry entry = Assert.Single(await DenialsAsync());
        Assert.Equal((expert.Id, id.ToString()), (entry.ActorId, entry.Subject));
        Assert.Contains($"\"step\":{step}", entry.Details, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ChildSafety_WithoutItsPermission_IsRefusedAndInTheAudit()
    {
        Guid id = await ReadyAsync(childSafety: true);
        OpenedMedia refused = await OpenAsync(await _console.PersonAsync(), id, 0);
        OpenedMedia opened = await OpenAsync(await _console.PersonAsync(own: Permission.ChildSafety), id, 0);
        await opened.Content!.DisposeAsync();

        Assert.Equal(new OpenedMedia(MediaGateOutcome.MayNotViewChildSafety), refused);
        Assert.Equal(MediaGateOutcome.Allowed, opened.Outcome);
        Assert.Single(await DenialsAsync());
    }

    [Fact]
    public async Task Admin_WhoMayNotViewCases_IsRefused()
    {
        Guid id = await ReadyAsync();
        Caller admin = await _console.PersonAsync(Roles.Admin);

        await Assert.ThrowsAsync<PermissionDeniedException>(() => OpenAsync(admin, id, 0));
    }

    [Fact]
    public async Task Program_WithTheScope_IsRefused()
    {
        Guid id = await ReadyAsync();
        Caller program = Caller.ApiKey(Guid.NewGuid(), new HashSet<Permission> { Permission.ViewCases });

        Assert.Equal(new OpenedMedia(MediaGateOutcome.NotSignedIn), await OpenAsync(program, id, 0));
    }

    [Fact]
    public async Task Still_ThatThereIsNot_IsNotRendered()
    {
        Caller moderator = await _console.PersonAsync();
        Guid waiting = await _console.MediaAsync("http://cdn.example/a");

        Assert.Equal(MediaGateOutcome.NotRendered, (await OpenAsync(moderator, waiting, 0)).Outcome);
        Assert.Equal(MediaGateOutcome.NotRendered, (await OpenAsync(moderator, Guid.NewGuid(), 0)).Outcome);
        Assert.Empty(await DenialsAsync());
    }

    private Task<OpenedMedia> OpenAsync(Caller caller, Guid id, int step) => _console.Use<OpenMedia>().RunAsync(caller, id, step, Cancel);

    private Task<List<AuditEntry>> DenialsAsync() =>
        _console.ReadAsync(db => db.Set<AuditEntry>().Where(entry => entry.Act == AuditAct.MediaDenied).ToListAsync(Cancel));

    private async Task<Guid> ReadyAsync(bool childSafety = false)
    {
        await using FileStream file = File.OpenRead(SampleMedia.Jpeg);
        MediaUpload upload = new(file, ChildSafety: childSafety) { Still = new PreparedStill(s_still, new MediaShape(640, 400)) };
        return (await _console.Use<StoreMedia>().RunAsync(Caller.System, upload, Cancel)).MediaId!.Value;
    }
}
