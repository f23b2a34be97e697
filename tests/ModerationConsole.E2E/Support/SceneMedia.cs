using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Media;
using ModerationConsole.Core.People;

namespace ModerationConsole.E2E.Support;

/// <summary>Media in a corner of the console, and how its people want it shown.</summary>
public static class SceneMedia
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>A post shows a picture or a video of the demo, every step of which is stored; returns the media's id.</summary>
    /// <param name="which">Another number, another picture.</param>
    public static async Task<Guid> ShowAsync(this Scene scene, string post, MediaKind kind = MediaKind.Image, int which = 0)
    {
        ArgumentNullException.ThrowIfNull(scene);
        await scene.UntilAsync(db => db.Set<MediaObject>().Where(row => row.Kind == kind && row.Ladder == LadderState.Ready).Skip(which).AnyAsync(Cancel));
        Guid media = await scene.ReadAsync(db => db.Set<MediaObject>().Where(row => row.Kind == kind && row.Ladder == LadderState.Ready)
            .OrderBy(row => row.Id).Select(row => row.Id).Skip(which).FirstAsync(Cancel));
        await scene.WriteAsync(async scope =>
        {
            Guid version = await scope.Db.Set<ItemVersion>().Where(row => row.ItemId == post).Select(row => row.Id).SingleAsync();
            scope.Db.Add(new ItemMedia { ItemVersionId = version, MediaId = media, Field = "images" });
        });
        return media;
    }

    /// <summary>What a person chose for all media, stored as it is: also what no form lets them choose.</summary>
    public static Task ChoiceAsync(this Scene scene, string email, MediaPreferences chosen)
    {
        ArgumentNullException.ThrowIfNull(scene);
        ArgumentNullException.ThrowIfNull(chosen);
        return scene.WriteAsync(async scope =>
        {
            string name = email.Split('@')[0];
            scope.Db.Add(new MediaPreference
            {
                PersonId = await scope.Db.Set<Moderator>().Where(row => row.DisplayName == name).Select(row => row.Id).SingleAsync(),
                Category = MyMediaPreferences.Everything,
                Blur = chosen.Blur,
                Colour = chosen.Colour,
                Thumbnail = chosen.Thumbnail,
                Muted = chosen.Muted,
                SpeedPercent = chosen.SpeedPercent,
                StoryboardFirst = chosen.StoryboardFirst,
                ClipFirst = chosen.ClipFirst,
                Reveal = chosen.Reveal,
                ReblurSeconds = chosen.ReblurSeconds,
            });
        });
    }
}
