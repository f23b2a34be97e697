namespace ModerationConsole.Core.Media;

/// <summary>How the stills of a video lie on its storyboard, so that a person can point at one and go there.</summary>
/// <param name="SecondsApart">From one still to the next.</param>
public sealed record StoryboardStills(int Columns, int Rows, double SecondsApart)
{
    /// <summary>The stills of a stored video, as the renderer laid them out; null where its length is not known.</summary>
    public static StoryboardStills? Of(double? durationSeconds, int? width, int? height)
    {
        if (durationSeconds is not > 0)
        {
            return null;
        }

        var board = Storyboard.For(TimeSpan.FromSeconds(durationSeconds.Value), height > width);
        return new StoryboardStills(board.Columns, board.Rows, 1 / board.StillsPerSecond);
    }

    /// <summary>Where in the video a still stands, seconds.</summary>
    /// <param name="place">From 0, row by row.</param>
    public double SecondsAt(int place) => place * SecondsApart;
}
