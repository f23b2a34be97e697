using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Media;
using ModerationConsole.Core.Routing;
using ModerationConsole.Tests.Support.Media;

namespace ModerationConsole.E2E.Adversarial;

/// <summary>
/// A host that the console may fetch from and that has been taken over, and beside it one that it must never reach. Addresses come in
/// as they do in earnest: a platform sends posts that show them.
/// </summary>
public sealed class MediaRun : IAsyncDisposable
{
    private readonly Target _target;
    private readonly string _type;

    private MediaRun(Target target) => (_target, _type) = (target, $"{target.Scene.Name}-media");

    /// <summary>Named in <c>Media:AllowedHosts</c>.</summary>
    public MediaHost Listed { get; } = new();

    /// <summary>Something within: whoever connects to it has got through.</summary>
    public MediaHost Within { get; } = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<MediaRun> StartAsync(Target target)
    {
        MediaRun run = new(target);
        target.Use<IOptions<MediaOptions>>().Value.AllowedHosts.Add(run.Listed.Name);
        await target.Scene.WriteAsync(async scope =>
        {
            scope.Db.Add(new ItemType
            {
                Id = run._type,
                Name = "Picture",
                Fields = ItemSchema.Write([new ItemField("text", FieldType.String), new ItemField("images", FieldType.Image, Many: true)]),
            });
            int first = await scope.Db.Set<RoutingRow>().MinAsync(row => (int?)row.Position) ?? 0;
            scope.Db.Add(new RoutingRow { Position = first - 1, ItemTypeId = run._type, QueueId = target.Scene.Queue.Id });
        });
        return run;
    }

    /// <summary>An object that anyone who may see cases may see the first step of.</summary>
    public static async Task<Guid> AnyAsync(Target target)
    {
        await target.Scene.UntilAsync(db => db.Set<MediaObject>().AnyAsync(row => row.Ladder == LadderState.Ready && !row.ChildSafety, Cancel));
        return await target.Scene.ReadAsync(db => db.Set<MediaObject>().Where(row => row.Ladder == LadderState.Ready && !row.ChildSafety).Select(row => row.Id).FirstAsync(Cancel));
    }

    /// <summary>A platform sends a post that shows this; null when it is not even taken.</summary>
    public async Task<MediaObject?> ShowAsync(string address)
    {
        string id = $"i-{Guid.CreateVersion7():N}";
        using HttpResponseMessage answer = await _target.PostAsync(
            "items", System.Text.Json.JsonSerializer.Serialize(new { items = new[] { new { id, typeId = _type, data = new { text = "a picture", images = new[] { address } } } } }));
        if (answer.StatusCode == HttpStatusCode.BadRequest)
        {
            return null;
        }

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Guid[] media = await _target.Scene.ReadAsync(db => (from shown in db.Set<ItemMedia>()
                                                            join version in db.Set<ItemVersion>() on shown.ItemVersionId equals version.Id
                                                            where version.ItemId == id
                                                            select shown.MediaId).ToArrayAsync(Cancel));
        if (media.Length == 0)
        {
            return null;
        }

        await _target.Scene.UntilAsync(db => db.Set<MediaObject>().AnyAsync(row => row.Id == media[0] && row.State != MediaState.Pending, Cancel));
        return await _target.Scene.ReadAsync(db => db.Set<MediaObject>().AsNoTracking().SingleAsync(row => row.Id == media[0], Cancel));
    }

    public async ValueTask DisposeAsync()
    {
        _target.Use<IOptions<MediaOptions>>().Value.AllowedHosts.Remove(Listed.Name);
        await Listed.DisposeAsync();
        await Within.DisposeAsync();
    }
}
