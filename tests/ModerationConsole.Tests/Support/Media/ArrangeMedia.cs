using ModerationConsole.Core.Media;

namespace ModerationConsole.Tests.Support.Media;

/// <summary>Media that tests need before they act.</summary>
public static class ArrangeMedia
{
    /// <summary>A media object that waits to be fetched, as intake leaves it.</summary>
    public static Task<Guid> MediaAsync(this TestConsole console, string url, bool childSafety = false) => console.WriteAsync(scope =>
    {
        MediaObject media = new() { SourceUrl = url, ChildSafety = childSafety, NextAttemptAt = scope.Now, CreatedAt = scope.Now };
        scope.Db.Add(media);
        return Task.FromResult(media.Id);
    });
}
