namespace ModerationConsole.Core.Media.Likeness;

/// <summary>
/// PDQ, a perceptual hash of pictures: recompressed, resized, lightly retouched copies of a picture differ in few bits.
/// Made from its public description, "The TMK+PDQF Video-Hashing Algorithm and the PDQ Image-Hashing Algorithm" (Meta, 2019;
/// hashing/hashing.pdf in github.com/facebook/ThreatExchange): luminance, two passes of a box filter each way (together a tent,
/// after Jarosz), 64 by 64 samples, the 16 by 16 lowest frequencies of their cosine transform without the constant one, and a
/// bit for each that is above their median. The quality counts the gradients between the samples.
/// </summary>
public static class Pdq
{
    /// <summary>Longest side of a picture that is hashed; a larger one is brought to this square before.</summary>
    public const int LargestSide = 512;

    /// <summary>A picture with a shorter side says nothing.</summary>
    public const int SmallestSide = 5;

    private const int Samples = 64;
    private const int Frequencies = 16;
    private const int Passes = 2;
    private const int GradientsOfFullQuality = 90;
    private const int FullQuality = 100;

    private static readonly float[] s_cosines = Cosines();

    /// <summary>Hashes a picture given as luminance, a byte a pixel, row by row; null when it is too small to say anything.</summary>
    public static PictureLikeness? Of(ReadOnlySpan<byte> luminance, int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(luminance.Length, width * height);
        if (width < SmallestSide || height < SmallestSide)
        {
            return null;
        }

        float[] picture = new float[luminance.Length];
        for (int i = 0; i < picture.Length; i++)
        {
            picture[i] = luminance[i];
        }

        Smooth(picture, width, height);
        float[] samples = Sample(picture, width, height);
        return new PictureLikeness(HashOf(Transform(samples)), QualityOf(samples));
    }

    private static void Smooth(float[] picture, int width, int height)
    {
        float[] line = new float[Math.Max(width, height)];
        double[] sums = new double[line.Length + 1];
        for (int pass = 0; pass < Passes; pass++)
        {
            for (int row = 0; row < height; row++)
            {
                Box(picture, row * width, 1, width, line, sums);
            }

            for (int column = 0; column < width; column++)
            {
                Box(picture, column, width, height, line, sums);
            }
        }
    }

    // The mean of a window around each place; at the edges, of what there is of it.
    private static void Box(float[] picture, int start, int stride, int count, float[] line, double[] sums)
    {
        int window = (count + (2 * Samples) - 1) / (2 * Samples);
        int after = window / 2;
        int before = window - after - 1;
        for (int i = 0; i < count; i++)
        {
            sums[i + 1] = sums[i] + picture[start + (i * stride)];
        }

        for (int i = 0; i < count; i++)
        {
            int from = Math.Max(0, i - before);
            int to = Math.Min(count, i + after + 1);
            line[i] = (float)((sums[to] - sums[from]) / (to - from));
        }

        for (int i = 0; i < count; i++)
        {
            picture[start + (i * stride)] = line[i];
        }
    }

    private static float[] Sample(float[] picture, int width, int height)
    {
        float[] samples = new float[Samples * Samples];
        for (int row = 0; row < Samples; row++)
        {
            int from = (int)((row + 0.5) * height / Samples) * width;
            for (int column = 0; column < Samples; column++)
            {
                samples[(row * Samples) + column] = picture[from + (int)((column + 0.5) * width / Samples)];
            }
        }

        return samples;
    }

    private static int QualityOf(float[] samples)
    {
        int gradients = 0;
        for (int row = 0; row < Samples; row++)
        {
            for (int column = 0; column < Samples; column++)
            {
                int at = (row * Samples) + column;
                gradients += row + 1 < Samples ? Step(samples[at], samples[at + Samples]) : 0;
                gradients += column + 1 < Samples ? Step(samples[at], samples[at + 1]) : 0;
            }
        }

        return Math.Min(FullQuality, gradients / GradientsOfFullQuality);
    }

    private static int Step(float one, float other) => Math.Abs((int)((one - other) * 100 / 255));

    private static float[] Transform(float[] samples)
    {
        float[] half = new float[Frequencies * Samples];
        for (int i = 0; i < Frequencies; i++)
        {
            for (int j = 0; j < Samples; j++)
            {
                float sum = 0;
                for (int k = 0; k < Samples; k++)
                {
                    sum += s_cosines[(i * Samples) + k] * samples[(k * Samples) + j];
                }

                half[(i * Samples) + j] = sum;
            }
        }

        float[] whole = new float[Frequencies * Frequencies];
        for (int i = 0; i < Frequencies; i++)
        {
            for (int j = 0; j < Frequencies; j++)
            {
                float sum = 0;
                for (int k = 0; k < Samples; k++)
                {
                    sum += half[(i * Samples) + k] * s_cosines[(j * Samples) + k];
                }

                whole[(i * Frequencies) + j] = sum;
            }
        }

        return whole;
    }

    private static PictureHash HashOf(float[] frequencies)
    {
        float median = frequencies.Order().ElementAt((frequencies.Length / 2) - 1);
        Span<ulong> words = stackalloc ulong[4];
        for (int bit = 0; bit < frequencies.Length; bit++)
        {
            if (frequencies[bit] > median)
            {
                words[bit / 64] |= 1UL << (bit % 64);
            }
        }

        return new PictureHash(words[0], words[1], words[2], words[3]);
    }

    // The constant frequency is left out: how bright a picture is says nothing of what it shows.
    private static float[] Cosines()
    {
        float[] cosines = new float[Frequencies * Samples];
        double scale = Math.Sqrt(2.0 / Samples);
        for (int i = 0; i < Frequencies; i++)
        {
            for (int j = 0; j < Samples; j++)
            {
                cosines[(i * Samples) + j] = (float)(scale * Math.Cos(Math.PI / 2 / Samples * (i + 1) * ((2 * j) + 1)));
            }
        }

        return cosines;
    }
}
