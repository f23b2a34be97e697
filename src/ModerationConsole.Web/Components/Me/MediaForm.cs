using System.Globalization;
using ModerationConsole.Core.Media;
using ModerationConsole.Web.Components.Shared;

namespace ModerationConsole.Web.Components.Me;

/// <summary>Media preferences while they are changed.</summary>
public sealed class MediaForm
{
    public MediaForm(MyMediaPreferences mine)
    {
        ArgumentNullException.ThrowIfNull(mine);
        (Reveal, ReblurSeconds) = (mine.General.Reveal, mine.General.ReblurSeconds);
        Parts =
        [
            new Part(MyMediaPreferences.Everything, mine.General) { Open = true },
            new Part(MyMediaPreferences.Severe, mine.ForSevere),
            .. mine.ByCategory.Where(entry => !entry.Key.StartsWith('*')).OrderBy(entry => entry.Key, StringComparer.CurrentCulture).Select(entry => new Part(entry.Key, entry.Value)),
        ];
    }

    public RevealMode Reveal { get; set; }

    public int ReblurSeconds { get; set; }

    public List<Part> Parts { get; }

    /// <summary>What is to be saved.</summary>
    public MyMediaPreferences Read() => new(Parts.ToDictionary(part => part.Key, part => part.Read() with { Reveal = Reveal, ReblurSeconds = ReblurSeconds }));

    /// <summary>What holds for one category.</summary>
    public sealed class Part(string key, MediaPreferences chosen)
    {
        public string Key { get; } = key;

        /// <summary>Whether it is unfolded on the page.</summary>
        [System.Text.Json.Serialization.JsonIgnore]
        public bool Open { get; init; }

        public int Blur { get; set; } = chosen.Blur;

        public MediaColour Colour { get; set; } = chosen.Colour;

        public int Thumbnail { get; set; } = chosen.Thumbnail;

        public bool Muted { get; set; } = chosen.Muted;

        public int SpeedPercent { get; set; } = chosen.SpeedPercent;

        public bool StoryboardFirst { get; set; } = chosen.StoryboardFirst;

        public bool ClipFirst { get; set; } = chosen.ClipFirst;

        /// <summary>The two that stand for more cannot be removed.</summary>
        public bool IsOwn => !Key.StartsWith('*');

        public string Title => Key switch
        {
            MyMediaPreferences.Everything => MediaSettingsText.Everything,
            MyMediaPreferences.Severe => MediaSettingsText.SevereCases,
            _ => string.Concat(Key[..1].ToUpper(CultureInfo.CurrentCulture), Key.AsSpan(1)),
        };

        /// <summary>What is chosen, in a few words.</summary>
        public string Summary => $"{ColourName(Colour)} · {(Blur == 0 ? MediaSettingsText.BlurNone : MediaSettingsText.BlurOf.With(Blur))}";

        /// <summary>As a person's choice.</summary>
        public MediaPreferences Read() => new()
        {
            Blur = Blur,
            Colour = Colour,
            Thumbnail = Thumbnail,
            Muted = Muted,
            SpeedPercent = SpeedPercent,
            StoryboardFirst = StoryboardFirst,
            ClipFirst = ClipFirst,
        };

        public static string ColourName(MediaColour colour) => colour switch
        {
            MediaColour.Full => MediaSettingsText.ColourFull,
            MediaColour.Reduced => MediaSettingsText.ColourReduced,
            MediaColour.Sepia => MediaSettingsText.ColourSepia,
            MediaColour.Grey => MediaSettingsText.ColourGrey,
            _ => throw new ArgumentOutOfRangeException(nameof(colour)),
        };
    }
}
