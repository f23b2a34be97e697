using System.Diagnostics;

namespace ModerationConsole.Tests.Support.Media;

/// <summary>Small real files, drawn by ffmpeg from its own test sources. Made once a test run.</summary>
public static class SampleMedia
{
    private static readonly string s_folder = Directory.CreateTempSubdirectory("sample-media-").FullName;
    private static readonly Lock s_gate = new();

    static SampleMedia() => AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(s_folder, recursive: true);

    private const string Colourful = "testsrc2=s=640x400:d=1:r=1";

    /// <summary>The path of a sample by the name of its property, for theories.</summary>
    public static string Named(string name) => (string)typeof(SampleMedia).GetProperty(name)!.GetValue(null)!;

    public static string Jpeg => Draw("photo.jpg", "-f", "lavfi", "-i", Colourful, "-frames:v", "1", "-q:v", "3");

    public static string Png => Draw("photo.png", "-f", "lavfi", "-i", Colourful, "-frames:v", "1");

    public static string WebP => Draw("photo.webp", "-f", "lavfi", "-i", Colourful, "-frames:v", "1");

    public static string Bmp => Draw("photo.bmp", "-f", "lavfi", "-i", "testsrc2=s=80x50:d=1:r=1", "-frames:v", "1");

    public static string Gif => Draw("moving.gif", "-f", "lavfi", "-i", "testsrc2=s=200x120:d=2:r=5");

    public static string OnePixel => Draw("one.png", "-f", "lavfi", "-i", "color=red:s=2x2:d=1:r=1,scale=1:1", "-frames:v", "1");

    public static string Thread => Draw("thread.png", "-f", "lavfi", "-i", "testsrc2=s=4000x2:d=1:r=1", "-frames:v", "1");

    public static string Mp4 => Draw(
        "clip.mp4", "-f", "lavfi", "-i", "testsrc2=s=320x180:d=6:r=10", "-f", "lavfi", "-i", "sine=d=6",
        "-pix_fmt", "yuv420p", "-c:v", "libx264", "-preset", "ultrafast", "-c:a", "aac", "-shortest");

    public static string TallMp4 => Draw(
        "tall.mp4", "-f", "lavfi", "-i", "testsrc2=s=180x320:d=2:r=10", "-pix_fmt", "yuv420p", "-c:v", "libx264", "-preset", "ultrafast");

    /// <summary>70 seconds: long enough for 20 stills, drawn from key frames.</summary>
    public static string LongMp4 => Draw(
        "long.mp4", "-f", "lavfi", "-i", "testsrc2=s=160x90:d=70:r=5", "-g", "10",
        "-pix_fmt", "yuv420p", "-c:v", "libx264", "-preset", "ultrafast");

    public static string QuickTime => Draw("clip.mov", "-i", Mp4, "-c", "copy");

    public static string WebM => Draw(
        "clip.webm", "-f", "lavfi", "-i", "testsrc2=s=160x90:d=2:r=5", "-c:v", "libvpx", "-deadline", "realtime", "-b:v", "100k");

    public static string SoundOnlyMp4 => Draw("sound.mp4", "-f", "lavfi", "-i", "sine=d=2", "-c:a", "aac");

    public static string Mp3 => Draw("sound.mp3", "-f", "lavfi", "-i", "sine=d=3", "-c:a", "libmp3lame");

    public static string Wav => Draw("sound.wav", "-f", "lavfi", "-i", "sine=d=1");

    public static string Ogg => Draw("sound.ogg", "-f", "lavfi", "-i", "sine=d=1", "-c:a", "libvorbis");

    public static string M4a => Draw("sound.m4a", "-f", "lavfi", "-i", "sine=d=1", "-c:a", "aac", "-f", "ipod");

    /// <summary>Decodes a picture to its pixels, three bytes each.</summary>
    public static byte[] Pixels(byte[] jpeg)
    {
        string path = Path.Combine(s_folder, Guid.NewGuid().ToString("N") + ".jpg");
        File.WriteAllBytes(path, jpeg);
        return Run("-i", path, "-f", "rawvideo", "-pix_fmt", "rgb24", "pipe:1");
    }

    /// <summary>All that ffprobe says of a file, as JSON.</summary>
    public static async Task<string> ProbeAsync(string path)
    {
        ProcessStartInfo start = new("ffprobe", ["-v", "error", "-show_streams", "-show_format", "-of", "json", path]) { RedirectStandardOutput = true };
        using Process process = Process.Start(start)!;
        string json = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return json;
    }

    /// <summary>Draws a file unless it was drawn before; the arguments are ffmpeg's, the target excepted.</summary>
    public static string Draw(string name, params string[] arguments)
    {
        lock (s_gate)
        {
            string path = Path.Combine(s_folder, name);
            if (!File.Exists(path))
            {
                Run([.. arguments, path]);
            }

            return path;
        }
    }

    /// <summary>Writes a file into the folder of samples unless it is there; returns its path.</summary>
    public static string Write(string name, Func<byte[]> content)
    {
        lock (s_gate)
        {
            string path = Path.Combine(s_folder, name);
            if (!File.Exists(path))
            {
                File.WriteAllBytes(path, content());
            }

            return path;
        }
    }

    private static byte[] Run(params string[] arguments)
    {
        ProcessStartInfo start = new("ffmpeg") { RedirectStandardOutput = true };
        foreach (string argument in (string[])["-v", "error", "-nostdin", "-y", .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        using Process process = Process.Start(start)!;
        using MemoryStream output = new();
        process.StandardOutput.BaseStream.CopyTo(output);
        process.WaitForExit();
        return process.ExitCode == 0 ? output.ToArray() : throw new InvalidOperationException("ffmpeg could not draw a sample.");
    }
}
