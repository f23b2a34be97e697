using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Media;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Queues;
using ModerationConsole.Tests.Support;
using ModerationConsole.Tests.Support.Media;

namespace ModerationConsole.Tests.Integration.Media;

public sealed class OpenMediaTests : IAsyncLifetime
{
    private TestConsole _console = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _console = await TestConsole.StartAsync();

    public ValueTask DisposeAsync() => _console.DisposeAsync();

    [Fact]
    public async Task BlurredStill_ForAnyoneWhoMayViewTheCase_IsTheStillAndNothingElse()
    {
        Guid id = await ShownAsync();
        OpenedMedia opened = await OpenAsync(await _console.PersonAsync(Roles.Analyst), id, MediaStep.BlurredStill);

        Assert.Equal((MediaGateOutcome.Allowed, "image/jpeg"), (opened.Outcome, opened.ContentType));
        Assert.Equal(MediaCase.BytesOf(MediaStep.BlurredStill), await BytesOfAsync(opened));
    }

    [Fact]
    public async Task Spare_DrawnAhead_GivesItsStillAndNothingAbove()
    {
        Caller moderator = await _console.PersonAsync();
        MediaCase spare = await MediaCase.OnScreenAsync(_console.Services, moderator.Id, slot: LeaseSlot.Spare);

        OpenedMedia still = await OpenAsync(moderator, spare.MediaId, MediaStep.BlurredStill);

        Assert.Equal(MediaCase.BytesOf(MediaStep.BlurredStill), await BytesOfAsync(still));
        Assert.Equal(RevealOutcome.LeaseLost, (await spare.TryAsync(moderator.Id, MediaStep.GreyStill)).Outcome);
    }

    [Theory]
    [InlineData(1, MediaGateOutcome.NoReveal)]
    [InlineData(2, MediaGateOutcome.NoReveal)]
    [InlineData(3, MediaGateOutcome.NoReveal)]
    [InlineData(4, MediaGateOutcome.NoSuchStep)]
    [InlineData(-1, MediaGateOutcome.NoSuchStep)]
    [InlineData(int.MaxValue, MediaGateOutcome.NoSuchStep)]
    public async Task AnyOtherStep_WithoutAReveal_IsRefusedAndInTheAudit(int step, MediaGateOutcome expected)
    {
        Guid id = await ShownAsync();
        Caller expert = await _console.PersonAsync(Roles.PolicyExpert, own: Permission.ChildSafety);
        OpenedMedia opened = await OpenAsync(expert, id, (MediaStep)step);

        Assert.Equal(new OpenedMedia(expected), opened);
        AuditEntry entry = Assert.Single(await DenialsAsync());
        Assert.Equal((expert.Id, id.ToString()), (entry.ActorId, entry.Subject));
        Assert.Contains($"\"step\":{step}", entry.Details, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(MediaStep.GreyStill)]
    [InlineData(MediaStep.Filtered)]
    [InlineData(MediaStep.Original)]
    public async Task StepAbove_WithItsReveal_IsThatStep(MediaStep step)
    {
        Caller moderator = await _console.PersonAsync();
        MediaCase scene = await MediaCase.OnScreenAsync(_console.Services, moderator.Id);
        Guid reveal = await scene.RevealAsync(moderator.Id, step);

        OpenedMedia opened = await OpenAsync(moderator, scene.MediaId, step, reveal);

        Assert.Equal((MediaGateOutcome.Allowed, "image/jpeg"), (opened.Outcome, opened.ContentType));
        Assert.Equal(step == MediaStep.Original ? scene.Original : MediaCase.BytesOf(step), await BytesOfAsync(opened));
        Assert.Empty(await DenialsAsync());
    }

    [Fact]
    public async Task ChildSafety_WithoutItsPermission_IsRefusedAndInTheAudit()
    {
        Guid id = await ShownAsync(Sensitivity.ChildSafety);
        OpenedMedia refused = await OpenAsync(await _console.PersonAsync(), id, MediaStep.BlurredStill);
        OpenedMedia opened = await OpenAsync(await _console.PersonAsync(own: Permission.ChildSafety), id, MediaStep.BlurredStill);
        await opened.Content!.DisposeAsync();

        Assert.Equal(new OpenedMedia(MediaGateOutcome.MayNotViewChildSafety), refused);
        Assert.Equal(MediaGateOutcome.Allowed, opened.Outcome);
        Assert.Single(await DenialsAsync());
    }

    [Fact]
    public async Task BlurredStill_OfMediaThatNoCaseShows_IsNotServed()
    {
        await using FileStream file = File.OpenRead(SampleMedia.Jpeg);
        MediaUpload upload = new(file) { Still = new PreparedStill(new byte[] { 1, 2, 3 }, new MediaShape(640, 400)) };
        Guid id = (await _console.Use<StoreMedia>().RunAsync(Caller.System, upload, Cancel)).MediaId!.Value;

        Assert.Equal(new OpenedMedia(MediaGateOutcome.NoCase), await OpenAsync(await _console.PersonAsync(Roles.Lead), id, MediaStep.BlurredStill));
        Assert.Single(await DenialsAsync());
    }

    [Fact]
    public async Task Admin_WhoMayNotViewCases_IsRefused()
    {
        Guid id = await ShownAsync();
        Caller admin = await _console.PersonAsync(Roles.Admin);

        await Assert.ThrowsAsync<PermissionDeniedException>(() => OpenAsync(admin, id, MediaStep.BlurredStill));
    }

    [Fact]
    public async Task Program_WithTheScope_IsRefused()
    {
        Guid id = await ShownAsync();
        Caller program = Caller.ApiKey(Guid.NewGuid(), new HashSet<Permission> { Permission.ViewCases });

        Assert.Equal(new OpenedMedia(MediaGateOutcome.NotSignedIn), await OpenAsync(program, id, MediaStep.BlurredStill));
    }

    [Fact]
    public async Task Media_ThatNeverWas_LeavesNoTraceInTheAudit()
    {
        Caller moderator = await _console.PersonAsync();

        Assert.Equal(MediaGateOutcome.NotRendered, (await OpenAsync(moderator, Guid.NewGuid(), MediaStep.BlurredStill)).Outcome);
        Assert.Equal(MediaGateOutcome.NotRendered, (await OpenAsync(moderator, Guid.NewGuid(), MediaStep.Original, Guid.NewGuid())).Outcome);
        Assert.Empty(await DenialsAsync());
    }

    private static async Task<byte[]> BytesOfAsync(OpenedMedia opened)
    {
        await using Stream content = Assert.IsAssignableFrom<Stream>(opened.Content);
        using MemoryStream copy = new();
        await content.CopyToAsync(copy, Cancel);
        return copy.ToArray();
    }

    private Task<OpenedMedia> OpenAsync(Caller caller, Guid id, MediaStep step, Guid? reveal = null) =>
        _console.Use<OpenMedia>().RunAsync(caller, id, step, reveal, null, Cancel);

    private Task<List<AuditEntry>> DenialsAsync() =>
        _console.ReadAsync(db => db.Set<AuditEntry>().Where(entry => entry.Act == AuditAct.MediaDenied).ToListAsync(Cancel));

    private async Task<Guid> ShownAsync(Sensitivity sensitivity = Sensitivity.Ordinary)
    {
        Caller holder = await _console.PersonAsync();
        return (await MediaCase.OnScreenAsync(_console.Services, holder.Id, sensitivity: sensitivity)).MediaId;
    }
}
