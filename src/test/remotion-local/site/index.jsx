// The compositions that the real function renders here, one for each way that a render can go.
import React, {useEffect, useState} from 'react';
import {AbsoluteFill, Composition, continueRender, delayRender, interpolate, registerRoot, useCurrentFrame, useVideoConfig} from 'remotion';

const Card = ({title, subtitle}) => {
  const frame = useCurrentFrame();
  const {durationInFrames} = useVideoConfig();
  const width = `${interpolate(frame, [0, durationInFrames - 1], [0, 100])}%`;
  return (
    <AbsoluteFill style={{background: '#10233f', color: '#f7b500', fontFamily: 'DejaVu Sans', textAlign: 'center', justifyContent: 'center'}}>
      <div style={{fontSize: 30}}>{String(title)}</div>
      <div style={{fontSize: 14}}>{String(subtitle ?? '')}</div>
      <div style={{position: 'absolute', bottom: 0, height: 6, width, background: '#f7b500'}} />
    </AbsoluteFill>
  );
};

// Takes delayMs for every frame: a render that lasts.
const Slow = ({delayMs}) => {
  const frame = useCurrentFrame();
  const [handle] = useState(() => delayRender(`frame ${frame} takes its time`));
  useEffect(() => {
    const timer = setTimeout(() => continueRender(handle), delayMs);
    return () => clearTimeout(timer);
  }, [handle, delayMs]);
  return <Card title="slow" subtitle={frame} />;
};

// A component of its own for every frame, so that every frame waits anew.
const SlowFrames = (props) => <Slow key={useCurrentFrame()} {...props} />;

const Throws = ({atFrame}) => {
  const frame = useCurrentFrame();
  if (frame >= atFrame) {
    throw new Error(`Deliberate failure at frame ${frame}`);
  }
  return <Card title="throws" subtitle={`at frame ${atFrame}`} />;
};

const Stuck = () => {
  useState(() => delayRender('never continued, on purpose'));
  return <Card title="stuck" />;
};

// What a site with a schema does: refuses props before the first frame.
const requireTitle = ({props}) => {
  if (typeof props.title !== 'string' || props.title === '') {
    throw new Error(`Prop "title" must be a non-empty string, got ${JSON.stringify(props.title)}`);
  }
  return {props};
};

const size = {width: 320, height: 180, fps: 30};

registerRoot(() => (
  <>
    <Composition id="hello" component={Card} durationInFrames={45} {...size} defaultProps={{title: 'Hello'}} />
    <Composition id="strict" component={Card} durationInFrames={30} {...size} defaultProps={{title: ''}} calculateMetadata={requireTitle} />
    <Composition id="slow" component={SlowFrames} durationInFrames={60} {...size} defaultProps={{delayMs: 200}} />
    <Composition id="throws" component={Throws} durationInFrames={30} {...size} defaultProps={{atFrame: 0}} />
    <Composition id="stuck" component={Stuck} durationInFrames={10} {...size} />
  </>
));
