using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Live;
using ModerationConsole.Core.Media;
using ModerationConsole.Core.Media.Likeness;
using ModerationConsole.Core.Queues;
using ModerationConsole.Core.Queues.Stacks;
using ModerationConsole.Tests.Integration.Queues;

namespace ModerationConsole.Tests.Integration.Stacks;

/// <summary>What comes into a person's hands with the task on their screen.</summary>
public sealed class GatherTests
{
    private static readonly PictureHash s_picture = new(0x0123456789abcdef, 0xfedcba9876543210, 0x00ff00ff00ff00ff, 0xf0f0f0f0f0f0f0f0);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Copies_ExactAndNear_ComeWithTheTaskOnTheScreen_OthersWait()
    {
        await using StackRoom room = await StackRoom.OpenAsync();
        ReviewTask shown = await room.PostAsync();
        ReviewTask same = await room.PostAsync();
        ReviewTask near = await room.PostAsync("We sell cheap followers and likes for every network, write us now and start to grow");
        ReviewTask other = await room.PostAsync("The council voted against the new bridge last night, and nobody on our street understands why");

        (LeasedTask drawn, int members) = await room.DrawAsync();

        Assert.Equal((shown.Number, 2), (drawn.TaskNumber, members));
        Assert.Equal([other.Number], await room.WaitingAsync());
        List<ActiveLease> leases = await room.LeasesAsync();
        Assert.Equal(
            [(shown.Number, LeaseSlot.Shown, null), (same.Number, LeaseSlot.Stack, Alike.SameText), (near.Number, LeaseSlot.Stack, Alike.NearText)],
            leases.Select(lease => (lease.TaskNumber, lease.Slot, lease.Alike)));
        Assert.All(leases[1..], lease => Assert.Equal((shown.Number, leases[0].ExpiresAt, room.Person.Id), (lease.StackOf!.Value, lease.ExpiresAt, lease.PersonId)));
    }

    [Fact]
    public async Task Stack_GatheredAgain_IsTheSame()
    {
        await using StackRoom room = await StackRoom.OpenAsync();
        await room.PostAsync();
        await room.PostAsync();
        (LeasedTask drawn, _) = await room.DrawAsync();
        await room.PostAsync();
        await room.ReadAllAsync();

        Assert.Equal(1, await room.GatherAsync(drawn));
        Assert.Equal(2, (await room.LeasesAsync()).Count);
    }

    [Fact]
    public async Task Stack_OfVeryMany_IsBounded()
    {
        await using StackRoom room = await StackRoom.OpenAsync();
        for (int i = 0; i < GatherStack.MostMembers + 3; i++)
        {
            await room.PostAsync();
        }

        (_, int members) = await room.DrawAsync();

        Assert.Equal(GatherStack.MostMembers, members);
        Assert.Equal(2, (await room.WaitingAsync()).Count);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(31, true)]
    [InlineData(32, false)]
    public async Task Pictures_AreTheSame_UpToTheDistanceOfAMatch(int distance, bool together)
    {
        await using StackRoom room = await StackRoom.OpenAsync();
        await room.PostAsync("", [("a".PadLeft(64, '0'), new PictureLikeness(s_picture, 100))]);
        await room.PostAsync("", [("b".PadLeft(64, '1'), new PictureLikeness(s_picture with { A = s_picture.A ^ ((1UL << distance) - 1) }, 100))]);

        (_, int members) = await room.DrawAsync();

        Assert.Equal(together ? 1 : 0, members);
    }

    [Fact]
    public async Task Picture_OfWorthlessQuality_IsOnlyTheSameAsItsOwnBytes()
    {
        await using StackRoom room = await StackRoom.OpenAsync();
        PictureLikeness plain = new(s_picture, PictureHash.WorthlessQuality);
        await room.PostAsync("", [("a".PadLeft(64, '0'), plain)]);
        await room.PostAsync("", [("b".PadLeft(64, '1'), plain)]);
        ReviewTask same = await room.PostAsync("", [("a".PadLeft(64, '0'), plain)]);

        await room.DrawAsync();

        Assert.Equal((same.Number, Alike.SameMedia), (await room.LeasesAsync()).Where(lease => lease.Slot == LeaseSlot.Stack).Select(lease => (lease.TaskNumber, lease.Alike!.Value)).Single());
    }

    [Fact]
    public async Task SameWords_UnderAnotherPicture_AreAnotherMatter()
    {
        await using StackRoom room = await StackRoom.OpenAsync();
        await room.PostAsync(StackRoom.Offer, [("a".PadLeft(64, '0'), new PictureLikeness(s_picture, 100))]);
        await room.PostAsync(StackRoom.Offer, [("b".PadLeft(64, '1'), new PictureLikeness(new PictureHash(~s_picture.A, s_picture.B, ~s_picture.C, s_picture.D), 100))]);
        await room.PostAsync();

        (_, int members) = await room.DrawAsync();

        Assert.Equal(0, members);
    }

    [Fact]
    public async Task SamePicture_UnderOtherWords_ComesAsThat()
    {
        await using StackRoom room = await StackRoom.OpenAsync();
        await room.PostAsync("So this is what they call art these days, is it?", [("a".PadLeft(64, '0'), new PictureLikeness(s_picture, 100))]);
        await room.PostAsync("Look at him run, he thought nobody was filming", [("b".PadLeft(64, '1'), new PictureLikeness(s_picture, 100))]);

        await room.DrawAsync();

        Assert.Equal(Alike.OtherWords, Assert.Single(await room.LeasesAsync(), lease => lease.Slot == LeaseSlot.Stack).Alike);
    }

    [Fact]
    public async Task Media_OfAMember_IsOnTheScreen_WhileTheStackIs()
    {
        await using StackRoom room = await StackRoom.OpenAsync();
        IMediaShowing showing = room.Console.Get<IMediaShowing>();
        await room.PostAsync("", [("a".PadLeft(64, '0'), null)]);
        ReviewTask member = await room.PostAsync("", [("a".PadLeft(64, '0'), null)]);
        Guid media = await room.Console.ReadAsync(db => (
            from link in db.Set<ItemMedia>()
            join about in db.Set<Case>() on link.ItemVersionId equals about.ItemVersionId
            where about.Number == member.CaseNumber
            select link.MediaId).SingleAsync(Cancel));
        (LeasedTask drawn, _) = await room.DrawAsync();
        DrawnTask held = new(member.Number, (await room.LeasesAsync()).Single(lease => lease.TaskNumber == member.Number).Fence);
        Task<long?> OnScreenAsync() => room.Console.ReadAsync(db => showing.CaseOnScreenAsync(db, room.Person.Id, held, media, room.Console.Clock.Now(), Cancel));

        Assert.Equal(member.CaseNumber, await OnScreenAsync());
        await room.Console.Use<ReleaseTask>().RunAsync(room.Person, drawn.TaskNumber, drawn.Fence, exclude: false, Cancel);
        Assert.Null(await OnScreenAsync());
    }

    [Fact]
    public async Task Node_ThatFollowsTheLiveTail_KnowsWhatCameAndWhatWent()
    {
        await using StackRoom room = await StackRoom.OpenAsync();
        WaitingLikeness likeness = room.Console.Get<WaitingLikeness>();
        FollowLikeness follow = room.Console.Get<FollowLikeness>();
        ReviewTask task = await room.PostAsync("", [("a".PadLeft(64, '0'), null)]);
        Guid mediaId = await room.Console.ReadAsync(db => db.Set<MediaObject>().Select(row => row.Id).SingleAsync(Cancel));

        await follow.TakeInAsync([new OutboxEvent { Kind = LiveKind.CaseQueued, CaseNumber = task.CaseNumber }], Cancel);
        Assert.Null(likeness.Of(task.CaseNumber)!.Media.Single().Picture);

        await room.Console.WriteAsync(async scope =>
        {
            (await scope.Db.Set<MediaObject>().SingleAsync(Cancel)).Resemble(new PictureLikeness(s_picture, 90));
            return 0;
        });
        await follow.TakeInAsync([new OutboxEvent { Kind = LiveKind.MediaChanged, State = mediaId.ToString() }], Cancel);
        Assert.Equal(s_picture, likeness.Of(task.CaseNumber)!.Media.Single().Picture);

        LeasedTask drawn = await room.Console.ClaimAsync(room.Person);
        await room.Console.FinishAsync(drawn);
        await follow.TakeInAsync([new OutboxEvent { Kind = LiveKind.CaseChanged, CaseNumber = task.CaseNumber }], Cancel);
        Assert.Equal(0, likeness.Count);
    }

    [Fact]
    public void Memory_ThatIsFull_TakesNoMore_AndHasRoomAgainWhenSomethingGoes()
    {
        WaitingLikeness likeness = new(most: 2);
        foreach (long number in new long[] { 1, 2, 3 })
        {
            likeness.Put(new LikeCase(number, "post", 7, null, []));
        }

        Assert.Equal((2, null), (likeness.Count, likeness.Of(3)));
        likeness.Remove(1);
        likeness.Put(new LikeCase(3, "post", 7, null, []));
        Assert.Equal([2L], likeness.Find(new LikeCase(3, "post", 7, null, [])).Select(match => match.CaseNumber));
    }
}
